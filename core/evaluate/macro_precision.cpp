#include "core/evaluate/class_figures.h"
#include "core/evaluate/score.h"

namespace discern {

namespace {

double meanPrecision(const Labelled& labelled, Weights weights) {
    return meanOverPresent(classFigures(labelled, weights), &ClassFigures::precision);
}

double meanF1(const Labelled& labelled, Weights weights) {
    return meanOverPresent(classFigures(labelled, weights), &ClassFigures::f1);
}

}  // namespace

Score macroPrecision() {
    return {.name = "precision_macro",
            .title = "Precision",
            .tells = "Mean over the classes that have images of the share right among the predictions of the class; 0 "
                     "for a class that is never predicted.",
            .source = "sklearn.metrics.precision_score, average=\"macro\", labels those that have images, zero_division=0",
            .of = meanPrecision};
}

Score macroF1() {
    return {.name = "f1_macro",
            .title = "F1",
            .tells = "Mean over the classes that have images of the harmonic mean of precision and recall.",
            .source = "sklearn.metrics.f1_score, average=\"macro\", labels those that have images, zero_division=0",
            .of = meanF1};
}

}  // namespace discern
