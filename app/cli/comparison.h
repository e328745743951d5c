#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/cli/explain_options.h"

namespace discern {

/// One explanation of a comparison: its values, or why there are none.
struct ComparedCell {
    ExplainRequest request;
    std::shared_ptr<const Attribution> attribution;
    nlohmann::json record;  ///< as in result.json; empty until it is written
    std::string error;
};

/// What was found on one picture.
struct ComparedPicture {
    NamedPicture named;
    std::vector<std::optional<Prediction>> predictions;  ///< one a model
    std::vector<std::vector<ComparedCell>> cells;        ///< [method][model]
};

/// A model with its measured speed.
struct ComparedModel {
    NamedModel named;
    std::optional<Speed> speed;
};

/// Everything that tables and report are made from.
struct Comparison {
    std::vector<ComparedModel> models;
    std::vector<const Method*> methods;
    std::vector<ComparedPicture> pictures;
};

/// Explains a picture with every model and method.
[[nodiscard]] ComparedPicture comparePicture(const ExplainOptions& options, const NamedPicture& picture,
                                             const std::vector<NamedModel>& models, Console& console);

/// metrics.json: models with their figures, explanations with everything that result.json says.
[[nodiscard]] nlohmann::json comparisonDocument(const Comparison& comparison);
/// metrics.csv: one line an explanation, the model's figures repeated in it.
[[nodiscard]] std::string comparisonTable(const Comparison& comparison);

}  // namespace discern
