#include "core/evaluate/curves.h"

#include <limits>

namespace discern {

namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

/// Images taken for the class where the threshold is one of its probabilities: those that are of it, and the others.
struct Taken {
    double threshold;
    double right;
    double wrong;
};

std::vector<Taken> takenAt(const Labelled& labelled, int known, Weights weights) {
    std::vector<Taken> steps;
    Taken sum{std::numeric_limits<double>::infinity(), 0.0, 0.0};
    for (const std::size_t image : labelled.byProbability(known)) {
        if (weights[image] == 0.0) continue;
        const double p = labelled.probability(image, known);
        if (steps.empty() || p != sum.threshold) steps.push_back(sum);
        sum.threshold = p;
        (labelled.has(image, known) ? sum.right : sum.wrong) += weights[image];
    }
    steps.push_back(sum);
    return steps;
}

}  // namespace

ThresholdCurve rocCurve(const Labelled& labelled, int known, Weights weights) {
    const std::vector<Taken> steps = takenAt(labelled, known, weights);
    const Taken& all = steps.back();
    ThresholdCurve curve;
    if (!(all.right > 0.0) || !(all.wrong > 0.0)) return curve;
    for (const Taken& step : steps) {
        curve.x.push_back(step.wrong / all.wrong);
        curve.y.push_back(step.right / all.right);
        curve.threshold.push_back(step.threshold);
    }
    return curve;
}

double rocAuc(const Labelled& labelled, int known, Weights weights) {
    const ThresholdCurve curve = rocCurve(labelled, known, weights);
    if (curve.x.empty()) return kUndefined;
    double area = 0.0;
    for (std::size_t i = 1; i < curve.x.size(); ++i)
        area += (curve.x[i] - curve.x[i - 1]) * 0.5 * (curve.y[i] + curve.y[i - 1]);
    return area;
}

ThresholdCurve precisionRecallCurve(const Labelled& labelled, int known, Weights weights) {
    const std::vector<Taken> steps = takenAt(labelled, known, weights);
    const double all = steps.back().right;
    ThresholdCurve curve;
    if (!(all > 0.0)) return curve;
    for (const Taken& step : steps) {
        const double taken = step.right + step.wrong;
        curve.x.push_back(step.right / all);
        curve.y.push_back(taken > 0.0 ? step.right / taken : 1.0);
        curve.threshold.push_back(step.threshold);
    }
    return curve;
}

double averagePrecision(const Labelled& labelled, int known, Weights weights) {
    const ThresholdCurve curve = precisionRecallCurve(labelled, known, weights);
    if (curve.x.empty()) return kUndefined;
    double mean = 0.0;
    for (std::size_t i = 1; i < curve.x.size(); ++i) mean += (curve.x[i] - curve.x[i - 1]) * curve.y[i];
    return mean;
}

}  // namespace discern
