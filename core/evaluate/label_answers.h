#pragma once

#include <string>
#include <vector>

#include "core/evaluate/evaluation.h"
#include "core/model/model.h"

namespace discern {

/// From this probability on a label is given, unless the model's card says otherwise.
inline constexpr double kThreshold = 0.5;

/// The field `threshold` of the model's card, or kThreshold where there is none; one that lies outside of 0..1 is noted.
[[nodiscard]] double thresholdOf(const Model& model, std::vector<std::string>& notes);

/// Keeps of the classes of the evaluation's answers those that labels of the set stand for, the model's own first, and
/// tells which these are. `of` holds each label's place among the classes, before and after.
void keepMatched(ModelEvaluation& evaluation, std::vector<int>& of);

/// What is true of each image that the model answered. `of` holds each label's place among the answers' classes.
void setTruth(ModelEvaluation& evaluation, const LabelledSet& set, const std::vector<int>& of);

}  // namespace discern
