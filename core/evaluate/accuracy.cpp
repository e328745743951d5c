#include <cmath>
#include <limits>

#include "core/evaluate/score.h"

namespace discern {

namespace {

double rightShare(const Labelled& labelled, Weights weights) {
    double right = 0.0;
    double all = 0.0;
    for (std::size_t image = 0; image < labelled.images(); ++image) {
        all += weights[image];
        if (labelled.predicted(image) == labelled.truth(image)) right += weights[image];
    }
    return all > 0.0 ? right / all : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

Score accuracy() {
    return {.name = "accuracy",
            .title = "Accuracy",
            .tells = "Share of the images whose most probable class is theirs. Images of a class that the model lacks "
                     "count as wrong.",
            .source = "sklearn.metrics.accuracy_score",
            .of = rightShare};
}

}  // namespace discern
