#include "core/evaluate/calibration.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "core/evaluate/score.h"

namespace discern {

namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();
constexpr double kLeastProbability = 1e-12;  // a true class that was given 0 would make every likelihood 0

double expectedError(const Labelled& labelled, Weights weights) {
    double error = 0.0;
    double all = 0.0;
    for (const ReliabilityBin& bin : reliability(labelled, weights)) {
        if (!(bin.images > 0.0)) continue;
        error += bin.images * std::abs(bin.accuracy - bin.confidence);
        all += bin.images;
    }
    return all > 0.0 ? error / all : kUndefined;
}

double meanSquares(const Labelled& labelled, Weights weights) {
    double sum = 0.0;
    double all = 0.0;
    for (std::size_t image = 0; image < labelled.images(); ++image) {
        if (weights[image] == 0.0) continue;
        all += weights[image];
        const bool known = static_cast<std::size_t>(labelled.truth(image)) < labelled.known();
        // A class that the model lacks was given a probability of 0.
        double squares = known ? 0.0 : 1.0;
        for (int c = 0; c < static_cast<int>(labelled.known()); ++c) {
            const double off = labelled.probability(image, c) - (c == labelled.truth(image) ? 1.0 : 0.0);
            squares += off * off;
        }
        sum += weights[image] * squares;
    }
    return all > 0.0 ? sum / all : kUndefined;
}

/// Minus the mean logarithm of the true classes' probabilities once their logarithms are multiplied by `factor`.
double surprise(const Labelled& labelled, Weights weights, double factor) {
    double sum = 0.0;
    for (std::size_t image = 0; image < labelled.images(); ++image) {
        if (weights[image] == 0.0) continue;
        const auto scaled = [&](int c) { return factor * std::log(std::max(kLeastProbability, labelled.probability(image, c))); };
        const double most = scaled(labelled.predicted(image));
        double total = 0.0;
        for (int c = 0; c < static_cast<int>(labelled.known()); ++c) total += std::exp(scaled(c) - most);
        sum += weights[image] * (std::log(total) + most - scaled(labelled.truth(image)));
    }
    return sum;
}

}  // namespace

std::vector<ReliabilityBin> reliability(const Labelled& labelled, Weights weights, int bins) {
    std::vector<ReliabilityBin> result(static_cast<std::size_t>(bins));
    for (int b = 0; b < bins; ++b)
        result[static_cast<std::size_t>(b)] = {static_cast<double>(b) / bins, static_cast<double>(b + 1) / bins, 0.0, 0.0, 0.0};
    for (std::size_t image = 0; image < labelled.images(); ++image) {
        const double confidence = labelled.confidence(image);
        const auto bin = std::ranges::find_if(result, [&](const ReliabilityBin& b) { return confidence <= b.high; });
        ReliabilityBin& of = bin == result.end() ? result.back() : *bin;
        of.images += weights[image];
        of.confidence += weights[image] * confidence;
        if (labelled.predicted(image) == labelled.truth(image)) of.accuracy += weights[image];
    }
    for (ReliabilityBin& bin : result) {
        bin.confidence = bin.images > 0.0 ? bin.confidence / bin.images : kUndefined;
        bin.accuracy = bin.images > 0.0 ? bin.accuracy / bin.images : kUndefined;
    }
    return result;
}

double temperature(const Labelled& labelled, Weights weights) {
    std::vector<double> counted(weights.begin(), weights.end());
    for (std::size_t image = 0; image < counted.size(); ++image)
        if (static_cast<std::size_t>(labelled.truth(image)) >= labelled.known()) counted[image] = 0.0;
    if (std::ranges::all_of(counted, [](double w) { return w == 0.0; })) return kUndefined;
    // In the factor 1 / T the surprise is convex, so the golden section of its logarithm closes in on its one minimum.
    double low = std::log(0.01);
    double high = std::log(100.0);
    const double golden = 0.5 * (std::sqrt(5.0) - 1.0);
    const auto at = [&](double logarithm) { return surprise(labelled, counted, std::exp(logarithm)); };
    double left = high - golden * (high - low), right = low + golden * (high - low);
    double ofLeft = at(left), ofRight = at(right);
    while (high - low > 1e-7) {
        if (ofLeft <= ofRight) {
            high = std::exchange(right, left);
            ofRight = ofLeft;
            left = high - golden * (high - low);
            ofLeft = at(left);
        } else {
            low = std::exchange(left, right);
            ofLeft = ofRight;
            right = low + golden * (high - low);
            ofRight = at(right);
        }
    }
    const double logarithm = 0.5 * (low + high);
    // No temperature is the best where every answer is right (the colder the better) or none is worth more than a guess.
    const bool none = at(logarithm) < 1e-9 || std::abs(logarithm) > std::log(100.0) - 1e-3;
    return none ? kUndefined : std::exp(-logarithm);
}

Score calibrationError() {
    return {.name = "ece",
            .title = "Calibration error",
            .tells = "Mean distance between confidence and accuracy over 15 equal parts of the confidence, each weighted "
                     "by its images: 0 where 80 % of what is said with 80 % confidence is right.",
            .source = "expected calibration error, Guo et al. 2017",
            .higherIsBetter = false,
            .of = expectedError};
}

Score brierScore() {
    return {.name = "brier",
            .title = "Brier score",
            .tells = "Mean over the images of the squared distances between the probabilities of all classes and what is "
                     "true (1 for the image's class, 0 for others): from 0 to 2.",
            .source = "Brier 1950, the sum over classes",
            .higherIsBetter = false,
            .high = 2.0,
            .of = meanSquares};
}

}  // namespace discern
