#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ui/report/metric_tables.h"
#include "ui/report/result_folder.h"

namespace discern {

/// One explanation of a comparison: its values, or why there are none.
struct ComparedCell {
    ExplainRequest request;
    std::shared_ptr<const Attribution> attribution;
    nlohmann::json record;  ///< as in result.json; null until it is written
    std::string error;
    std::vector<MeasuredMetric> metrics{};  ///< one for each that was asked for
};

/// An explanation of a picture by its place among methods and models.
struct ComparedPlace {
    std::size_t method = 0;
    std::size_t model = 0;

    bool operator==(const ComparedPlace&) const = default;
};

/// How far two explanations of a picture agree: one value for each of agreementMeasures(), NaN where undefined.
struct ComparedPair {
    ComparedPlace a;
    ComparedPlace b;
    std::vector<double> values;
};

/// What was found on one picture.
struct ComparedPicture {
    NamedPicture named;
    std::vector<std::optional<Prediction>> predictions;  ///< one a model
    std::vector<std::vector<ComparedCell>> cells;        ///< [method][model]
    std::vector<ComparedPair> agreement;                 ///< every two explanations
};

/// A model with its measured speed.
struct ComparedModel {
    NamedModel named;
    std::optional<Speed> speed;
};

/// Everything that tables and report are made from.
struct Comparison {
    Paths paths = Paths::Names;  ///< how files are told of
    DisplaySettings display{};   ///< how maps are drawn
    std::vector<ComparedModel> models;
    std::vector<const Method*> methods;
    std::vector<ComparedPicture> pictures;
    std::vector<const TrustMetric*> metrics{};
    bool baselines = true;
    std::uint64_t seed = 0;
};

/// The explanations of a picture that were measured.
[[nodiscard]] std::vector<MeasuredExplanation> measuredOf(const ComparedPicture& picture, const Comparison& comparison);
/// The same of all pictures.
[[nodiscard]] std::vector<MeasuredExplanation> measuredOf(const Comparison& comparison);

/// metrics.json: models with their figures, explanations with everything that result.json says, and how far they agree.
[[nodiscard]] nlohmann::json comparisonDocument(const Comparison& comparison);
/// metrics.csv: one line an explanation, the model's figures repeated in it.
[[nodiscard]] std::string comparisonTable(const Comparison& comparison);

}  // namespace discern
