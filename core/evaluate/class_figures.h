#pragma once

#include "core/evaluate/answers.h"

namespace discern {

/// Of one class against all others; NaN where a figure is undefined.
struct ClassFigures {
    double support = 0.0;      ///< images of the class
    double precision = 0.0;    ///< of those predicted as the class, the share that is; 0 where none is predicted so
    double recall = 0.0;       ///< of those of the class, the share predicted as it (sensitivity); NaN without any
    double specificity = 0.0;  ///< of those of other classes, the share not predicted as it; NaN without any
    double f1 = 0.0;           ///< harmonic mean of precision and recall; NaN where the class has no image
};

/// Rows are the truth, over all classes; columns are the predictions, over those of the model. CV_64FC1.
[[nodiscard]] cv::Mat confusion(const Labelled& labelled, Weights weights);

/// One entry for each class of the set, those that the model lacks too: nothing is predicted as these.
[[nodiscard]] std::vector<ClassFigures> classFigures(const cv::Mat& confusion);

/// Images by whether they have a label and whether the model gives it.
struct LabelCounts {
    double found = 0.0;         ///< have it and are given it
    double missed = 0.0;        ///< have it
    double falselyGiven = 0.0;  ///< are given it
    double rightlyNot = 0.0;    ///< neither
};

/// One entry for each class or label.
[[nodiscard]] std::vector<LabelCounts> labelCounts(const Labelled& labelled, Weights weights);

/// Of one class an image, or of several labels alike.
[[nodiscard]] std::vector<ClassFigures> classFigures(const Labelled& labelled, Weights weights);

/// The mean of a figure over the classes that have images: others are left out, as nothing is known of them. NaN
/// where no class has any.
[[nodiscard]] double meanOverPresent(const std::vector<ClassFigures>& figures, double ClassFigures::*figure);

}  // namespace discern
