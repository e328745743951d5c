#pragma once

#include <torch/csrc/jit/api/module.h>

#include <optional>

#include "core/network/output_kind.h"
#include "core/run/progress.h"

namespace discern {

/// An input that a network was found to run on.
struct InputFound {
    int channels = 3;
    int side = 0;                ///< height and width
    bool anySize = false;        ///< it runs at another size too, so that `side` is merely usual
    bool channelsKnown = false;  ///< read from its first convolution
    TensorLayout layout = TensorLayout::Nchw;
};

/// The channels that the first convolution of a network reads that is not opened yet; empty where they are not known.
[[nodiscard]] std::optional<int> channelsOfFirstConvolution(const torch::jit::Module& module);

/// Tries usual square inputs, 224 first, until one gives a row of scores; channels first, then last. A forward pass for
/// each; cancellable between them. Empty where none runs.
[[nodiscard]] std::optional<InputFound> findInput(const torch::jit::Module& module, Progress& progress);

}  // namespace discern
