#include <limits>

#include "core/evaluate/class_figures.h"
#include "core/evaluate/score.h"

namespace discern {

namespace {

double wrongShare(const Labelled& labelled, Weights weights) {
    double wrong = 0.0;
    double all = 0.0;
    for (const LabelCounts& of : labelCounts(labelled, weights)) {
        wrong += of.missed + of.falselyGiven;
        all += of.found + of.missed + of.falselyGiven + of.rightlyNot;
    }
    return all > 0.0 ? wrong / all : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

Score hammingLoss() {
    return {.name = "hamming_loss",
            .title = "Hamming loss",
            .tells = "Share of all pairs of an image and a label in which the label is missed or falsely given. Where labels are "
                     "rare, giving none has a small one.",
            .source = "sklearn.metrics.hamming_loss",
            .higherIsBetter = false,
            .of = wrongShare};
}

}  // namespace discern
