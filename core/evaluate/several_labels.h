#pragma once

#include <string>
#include <vector>

#include "core/evaluate/evaluation.h"

namespace discern {

/// The labels of an image of a set in which it may have several: "dog;grass" has two, "" none. Spaces around a label and
/// its repetitions do not count.
[[nodiscard]] std::vector<std::string> labelsIn(const std::string& text);

/// The other way round.
[[nodiscard]] std::string labelText(const std::vector<std::string>& labels);

/// The set for models that give each label a probability of its own: a semicolon divides labels.
[[nodiscard]] LabelledSet withSeveralLabels(LabelledSet set);

/// The set for models that choose one class: images of several labels, or of none, are excluded with that reason.
[[nodiscard]] LabelledSet withOneLabel(LabelledSet set);

}  // namespace discern
