#pragma once

#include <string>
#include <vector>

#include "core/evaluate/answers.h"

namespace discern {

/// A figure of how well a model classifies a labelled set, as the registry knows it.
struct Score {
    std::string name{};    ///< as in evaluation.json, e.g. "balanced_accuracy"
    std::string title{};   ///< e.g. "Balanced accuracy"
    std::string tells{};   ///< one sentence: what it is the share or mean of, and what it passes over
    std::string source{};  ///< the package or paper whose definition it follows
    bool higherIsBetter = true;
    double low = 0.0;   ///< the smallest value there can be
    double high = 1.0;  ///< the largest
    /// NaN where it is undefined: no image counts, or what it asks for is not there.
    double (*of)(const Labelled& labelled, Weights weights) = nullptr;
};

/// All scores of models that choose one class, in the order in which they are shown.
[[nodiscard]] const std::vector<Score>& scores();

/// The same of models that give each label a probability of its own, so that an image may have several or none.
[[nodiscard]] const std::vector<Score>& labelScores();

[[nodiscard]] inline const std::vector<Score>& scoresOf(bool severalLabels) { return severalLabels ? labelScores() : scores(); }

}  // namespace discern
