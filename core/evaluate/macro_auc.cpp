#include <cmath>
#include <limits>

#include "core/evaluate/class_figures.h"
#include "core/evaluate/curves.h"
#include "core/evaluate/score.h"

namespace discern {

namespace {

double meanAuc(const Labelled& labelled, Weights weights) {
    double sum = 0.0;
    double count = 0.0;
    for (int c = 0; c < static_cast<int>(labelled.known()); ++c) {
        const double auc = rocAuc(labelled, c, weights);
        if (std::isnan(auc)) continue;
        sum += auc;
        count += 1.0;
    }
    // A label that the model lacks is as good as one with equal probabilities.
    for (std::size_t c = labelled.known(); labelled.several() && c < labelled.classes(); ++c) {
        const LabelCounts of = labelCounts(labelled, weights)[c];
        if (of.missed > 0.0 && of.rightlyNot > 0.0) sum += 0.5, count += 1.0;
    }
    return count > 0.0 ? sum / count : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

Score macroAuc() {
    return {.name = "auc_macro",
            .title = "ROC AUC",
            .tells = "Mean over the model's classes, each against all others, of how often an image of the class is given "
                     "a higher probability of it than one of another class. Classes without images, or with all of "
                     "them, are left out.",
            .source = "sklearn.metrics.roc_auc_score, multi_class=\"ovr\", average=\"macro\"",
            .of = meanAuc};
}

}  // namespace discern
