#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/record/measurement_record.h"
#include "core/record/report.h"

namespace discern {

/// The metrics of one explanation, and whose it is.
struct MeasuredExplanation {
    std::string model;
    std::string image;
    std::string method;  ///< its name
    std::string title;   ///< of the method
    std::vector<MeasuredMetric> metrics{};
};

/// Columns of a table: each metric's value, and behind it what each of its baselines gets.
[[nodiscard]] std::vector<std::string> metricColumns(const std::vector<const TrustMetric*>& metrics, bool baselines);
/// The cells under these; empty where undefined.
[[nodiscard]] std::vector<std::string> metricCells(const std::vector<const TrustMetric*>& metrics, bool baselines,
                                                   const std::vector<MeasuredMetric>& measured);

/// One record a metric.
[[nodiscard]] nlohmann::json metricRecords(const std::vector<MeasuredMetric>& measured);

/// For each model, method and metric the mean over images with its bootstrap interval, and how many are undefined.
[[nodiscard]] nlohmann::json metricMeans(const std::vector<MeasuredExplanation>& explanations, std::uint64_t seed);
/// The same for the report; nothing where there is one image alone.
[[nodiscard]] ReportFigures meansFigures(const std::vector<MeasuredExplanation>& explanations, std::uint64_t seed);

/// A row an explanation, a column a metric.
[[nodiscard]] ReportFigures trustFigures(const std::vector<MeasuredExplanation>& explanations);
/// A chart for each curve of each metric and model; a line a method and baseline.
[[nodiscard]] std::vector<ReportChart> trustCharts(const std::vector<MeasuredExplanation>& explanations);

}  // namespace discern
