#pragma once

#include <optional>
#include <vector>

#include "core/evaluate/evaluation.h"

namespace discern {

/// The images that all models answered, and each model's answers to them alone.
struct CommonImages {
    std::vector<std::size_t> images;  ///< places in the set's images, rising
    std::vector<std::optional<Labelled>>
        answers;              ///< one a model; none where it answered nothing, or nothing is common
    std::size_t leftOut = 0;  ///< images that some models answered and others did not
};

[[nodiscard]] CommonImages commonImages(const Evaluation& evaluation);

}  // namespace discern
