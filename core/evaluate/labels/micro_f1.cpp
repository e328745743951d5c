#include <limits>

#include "core/evaluate/class_figures.h"
#include "core/evaluate/score.h"

namespace discern {

namespace {

double pooledF1(const Labelled& labelled, Weights weights) {
    double found = 0.0;
    double wrong = 0.0;
    for (const LabelCounts& of : labelCounts(labelled, weights)) {
        found += of.found;
        wrong += of.missed + of.falselyGiven;
    }
    return found + wrong > 0.0 ? 2.0 * found / (2.0 * found + wrong) : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

Score microF1() {
    return {.name = "f1_micro",
            .title = "F1, pooled",
            .tells = "Harmonic mean of precision and recall over all pairs of an image and a label together, so that common labels "
                     "count more than rare ones.",
            .source = "sklearn.metrics.f1_score, average=\"micro\"",
            .of = pooledF1};
}

}  // namespace discern
