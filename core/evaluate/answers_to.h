#pragma once

#include <cstddef>
#include <vector>

#include "core/evaluate/evaluation.h"

namespace discern {

/// A model's answers to some of the images that it answered: `images` are places in the set, rising.
[[nodiscard]] Labelled answersTo(const ModelEvaluation& model, const std::vector<std::size_t>& images);

}  // namespace discern
