#include <cmath>
#include <limits>

#include "core/evaluate/curves.h"
#include "core/evaluate/score.h"

namespace discern {

namespace {

/// The share of the images that have a label: the average precision of equal probabilities.
double prevalence(const Labelled& labelled, int c, Weights weights) {
    double with = 0.0;
    double all = 0.0;
    for (std::size_t image = 0; image < labelled.images(); ++image) {
        all += weights[image];
        if (labelled.has(image, c)) with += weights[image];
    }
    return with > 0.0 ? with / all : std::numeric_limits<double>::quiet_NaN();
}

double meanPrecision(const Labelled& labelled, Weights weights) {
    double sum = 0.0;
    double count = 0.0;
    for (int c = 0; c < static_cast<int>(labelled.classes()); ++c) {
        const bool known = c < static_cast<int>(labelled.known());
        const double of = known ? averagePrecision(labelled, c, weights) : prevalence(labelled, c, weights);
        if (std::isnan(of)) continue;
        sum += of;
        count += 1.0;
    }
    return count > 0.0 ? sum / count : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

Score meanAveragePrecision() {
    return {.name = "average_precision_macro",
            .title = "Mean average precision",
            .tells = "Mean over the labels that have images of the average precision: how far up the images with the label stand "
                     "where all are sorted by its probability. A label that the model lacks has the share of its images, as "
                     "equal probabilities would.",
            .source = "sklearn.metrics.average_precision_score, average=\"macro\", labels those that have images",
            .of = meanPrecision};
}

}  // namespace discern
