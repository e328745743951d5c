#pragma once

#include <nlohmann/json.hpp>

#include "core/explain/explain.h"

namespace discern {

/// Everything that tells where an explanation came from and lets it be made again: prediction, target, every parameter
/// with its value, seed, evaluations, seconds, device, precision, versions, SHA-256 of model and picture, figures.
[[nodiscard]] nlohmann::json provenance(const ExplainRequest& request, const Prediction& prediction,
                                        const Attribution& attribution);

/// A class of a prediction: index, label, probability, logit.
[[nodiscard]] nlohmann::json classRecord(const Model& model, const Prediction& prediction, int classIndex);

/// The parameters in their own types.
[[nodiscard]] nlohmann::json parameterRecord(const Method& method, const std::map<std::string, std::string>& given);

}  // namespace discern
