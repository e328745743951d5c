#pragma once

#include <vector>

#include "core/evaluate/answers.h"

namespace discern {

/// A class against all others, or a label where it is and where it is not, as the probability above which an image is taken for it falls.
struct ThresholdCurve {
    std::vector<double> x;
    std::vector<double> y;
    std::vector<double> threshold;  ///< one for each point; infinite where no image is taken
};

/// False positive rate (x) and true positive rate (y), from (0, 0) to (1, 1), a point for each probability that occurs
/// (sklearn.metrics.roc_curve, drop_intermediate=False). Empty where one of the sides has no image.
[[nodiscard]] ThresholdCurve rocCurve(const Labelled& labelled, int known, Weights weights);

/// Area under it by the trapezoid rule: how often an image of the class is more probable than one of another, equals
/// counting half. NaN where one of the sides has no image.
[[nodiscard]] double rocAuc(const Labelled& labelled, int known, Weights weights);

/// Recall (x) and precision (y), from recall 0 with precision 1 to recall 1
/// (sklearn.metrics.precision_recall_curve, in rising order of recall). Empty where the class has no image.
[[nodiscard]] ThresholdCurve precisionRecallCurve(const Labelled& labelled, int known, Weights weights);

/// Mean of the precisions at each step of recall, weighted by the step (sklearn.metrics.average_precision_score).
[[nodiscard]] double averagePrecision(const Labelled& labelled, int known, Weights weights);

}  // namespace discern
