#include "core/evaluate/class_figures.h"
#include "core/evaluate/score.h"

namespace discern {

namespace {

double meanRecall(const Labelled& labelled, Weights weights) {
    return meanOverPresent(classFigures(labelled, weights), &ClassFigures::recall);
}

}  // namespace

Score balancedAccuracy() {
    return {.name = "balanced_accuracy",
            .title = "Balanced accuracy",
            .tells = "Mean over the classes that have images of the share of them that is recognised, so that rare "
                     "classes count as much as common ones.",
            .source = "sklearn.metrics.balanced_accuracy_score",
            .of = meanRecall};
}

Score macroRecall() {
    return {.name = "recall_macro",
            .title = "Recall (sensitivity)",
            .tells = "Mean over the classes that have images of the share of them that is recognised: the same as the "
                     "balanced accuracy, under the name by which it stands beside precision.",
            .source = "sklearn.metrics.recall_score, average=\"macro\"",
            .of = meanRecall};
}

}  // namespace discern
