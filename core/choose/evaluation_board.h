#pragma once

#include <cstdint>

#include "core/choose/board.h"
#include "core/evaluate/evaluation.h"
#include "core/run/progress.h"

namespace discern {

inline constexpr std::size_t kBoardDraws = 2000;

/// All that an evaluation says of its models, as models x criteria in the units that are shown (shares in %).
///
/// Scores and trust figures are taken over the images that all models answered, and in each bootstrap draw over the
/// same images for all models, so that draws can be compared model by model. A trust figure is the mean over the
/// explained ones of these images that have a value, each counted as often as it was drawn. Models that answered
/// nothing have no scores and do not narrow the others' images. Of several labels an image, sensitivity and specificity
/// are means over the labels. Of two classes the one whose name says that nothing was
/// found (normal, negative, healthy, non-lesion, ...) is the negative one, otherwise the first.
///
/// Throws Error(Input) where answers cannot be scored, Error(Cancelled).
[[nodiscard]] Board boardOf(const Evaluation& evaluation, std::size_t draws, std::uint64_t seed, Progress& progress);

/// Places in `labels` of the two classes' positive one; -1 unless there are two.
[[nodiscard]] int positiveClass(const std::vector<std::string>& labels);

}  // namespace discern
