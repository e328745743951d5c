#pragma once

#include <vector>

#include "core/evaluate/answers.h"

namespace discern {

/// Why models that give each label a probability of its own have no calibration error, Brier score, reliability and temperature.
inline constexpr const char* kNoCalibration =
    "Calibration (calibration error, Brier score, reliability, temperature) is not applicable: it asks how sure a model is of the one class "
    "that it chooses, and here each label has a probability of its own.";

/// Images whose confidence lies in one of equal parts of 0..1: above its lower end, up to its upper one; the first
/// part holds 0 too.
struct ReliabilityBin {
    double low = 0.0;
    double high = 0.0;
    double images = 0.0;
    double confidence = 0.0;  ///< mean of the most probable class's probability; NaN without images
    double accuracy = 0.0;    ///< share that is right; NaN without images
};

inline constexpr int kReliabilityBins = 15;

/// Confidence against accuracy, the data of a reliability diagram (Guo et al. 2017).
[[nodiscard]] std::vector<ReliabilityBin> reliability(const Labelled& labelled, Weights weights, int bins = kReliabilityBins);

/// The temperature T by which the logarithms of all probabilities would have to be divided, and each image's
/// probabilities scaled to a sum of 1, for the likelihood of the true classes to be the largest: above 1 for a model
/// that is too sure of itself (Guo et al. 2017). Images of classes that the model lacks are left out. NaN where none is
/// left, and where no temperature between 0.01 and 100 is the best: every answer is right, or none is worth a guess.
[[nodiscard]] double temperature(const Labelled& labelled, Weights weights);

}  // namespace discern
