#pragma once

#include <nlohmann/json.hpp>

#include "core/explain/request.h"
#include "core/record/paths.h"

namespace discern {

/// The record of an explanation: where it came from and all that it takes to make it again. It holds the fields of its
/// identity (core/record/identity.h reads them back) and what a person wants to know beside them: prediction, labels,
/// evaluations, seconds, threads, versions, figures. Files are told by name and digest, and by place only where asked.
[[nodiscard]] nlohmann::json provenance(const ExplainRequest& request, const Prediction& prediction,
                                        const Attribution& attribution, Paths paths);

/// A class of a prediction: index, label, probability, logit.
[[nodiscard]] nlohmann::json classRecord(const Model& model, const Prediction& prediction, int classIndex);

/// The program with its versions.
[[nodiscard]] nlohmann::json programRecord();

}  // namespace discern
