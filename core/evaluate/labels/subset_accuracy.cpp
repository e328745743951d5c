#include <limits>

#include "core/evaluate/score.h"

namespace discern {

namespace {

double whollyRight(const Labelled& labelled, Weights weights) {
    double right = 0.0;
    double all = 0.0;
    for (std::size_t image = 0; image < labelled.images(); ++image) {
        all += weights[image];
        if (labelled.right(image)) right += weights[image];
    }
    return all > 0.0 ? right / all : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

Score subsetAccuracy() {
    return {.name = "subset_accuracy",
            .title = "Subset accuracy",
            .tells = "Share of the images that are given all of their labels and no other.",
            .source = "sklearn.metrics.accuracy_score of a label indicator matrix",
            .of = whollyRight};
}

}  // namespace discern
