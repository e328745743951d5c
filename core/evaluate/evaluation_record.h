#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "core/evaluate/evaluation.h"
#include "core/run/progress.h"

namespace discern {

/// How many bootstrap draws an evaluation's intervals are of: kMostDraws, or fewer where the images and classes are so
/// many that they would take minutes; never below 200.
[[nodiscard]] std::size_t drawsFor(const Evaluation& evaluation);

/// evaluation.json: for every model its scores with 95 % intervals, over all images and over those of classes that it
/// knows; figures of each class, confusion (rows are the truth), calibration, cost, means of the trust figures with those
/// of what knows nothing of the model, and how labels were matched; of several labels an image each label has its counts
/// and average precision, and there is neither confusion nor calibration; what was excluded, and McNemar's test of each pair of
/// models over the images that both answered. Undefined figures are null. Throws Error(Input) where answers cannot be
/// scored, Error(Cancelled).
[[nodiscard]] nlohmann::json evaluationRecord(const Evaluation& evaluation, std::size_t draws, Progress& progress);

/// predictions.csv: file, truth, model, predicted (several labels with ';' between), and the probability of every class
/// that any of the models has (empty where this one lacks it). A row an image and model.
[[nodiscard]] std::string predictionsCsv(const Evaluation& evaluation);

}  // namespace discern
