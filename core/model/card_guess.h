#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/run/progress.h"

namespace torch::jit {
struct Module;
}

namespace discern {

/// What can be said of a model that has no card.
struct CardGuess {
    nlohmann::json card;             ///< its field "guessed" names every field; no input.size where no usual one runs
    std::vector<std::string> found;  ///< sentences: what trying the graph showed
};

/// The input is found by trying, the rest is what is most usual (ImageNet's mean and deviation, bilinear, nothing cut
/// off); the output is left to the try-out of the network.
[[nodiscard]] CardGuess guessCard(const torch::jit::Module& module, Progress& progress);

}  // namespace discern
