#include <limits>

#include "core/evaluate/score.h"

namespace discern {

namespace {

constexpr std::size_t kPlaces = 5;

/// Of classes with equal probability the later ones come first, as in scikit-learn.
bool amongFirst(const Labelled& labelled, std::size_t image) {
    const int truth = labelled.truth(image);
    if (static_cast<std::size_t>(truth) >= labelled.known()) return false;
    const double own = labelled.probability(image, truth);
    std::size_t before = 0;
    for (int c = 0; c < static_cast<int>(labelled.known()); ++c) {
        const double other = labelled.probability(image, c);
        before += other > own || (other == own && c > truth);
    }
    return before < kPlaces;
}

double topFiveShare(const Labelled& labelled, Weights weights) {
    double right = 0.0;
    double all = 0.0;
    for (std::size_t image = 0; image < labelled.images(); ++image) {
        if (weights[image] == 0.0) continue;
        all += weights[image];
        if (amongFirst(labelled, image)) right += weights[image];
    }
    // Of five classes or fewer, every one is among the first five.
    return all > 0.0 && labelled.known() > kPlaces ? right / all : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

Score topFive() {
    return {.name = "top5",
            .title = "Top-5 accuracy",
            .tells = "Share of the images whose class is among the five most probable. Undefined for models of five "
                     "classes or fewer, which could not fail.",
            .source = "sklearn.metrics.top_k_accuracy_score",
            .of = topFiveShare};
}

}  // namespace discern
