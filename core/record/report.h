#pragma once

#include <string>
#include <vector>

#include "core/record/report_chart.h"
#include "core/record/report_parts.h"

namespace discern {

struct ReportModel {
    std::string name;
    ReportFacts figures;     ///< in the order of the columns; the same names for every model
    ReportFacts provenance;  ///< file, sum, source, licence, assumed fields
};

/// One explanation, or why there is none.
struct ReportCell {
    std::string image;  ///< path of the overlay, relative to the report; empty where it failed
    std::string full;   ///< path of the overlay with its legend
    std::string words;  ///< class, probability, certainty
    std::string error;
};

/// A method's explanations by all models.
struct ReportRow {
    std::string title;
    std::string tells;
    std::string limits;
    std::string colors;  ///< CSS colours from the low end of the bar to the high one
    std::string low;
    std::string high;
    std::string unit;  ///< unit and range policy
    std::vector<ReportCell> cells;
};

struct ReportPicture {
    std::string name;
    ReportFacts provenance;
    std::vector<std::vector<std::string>> predictions;  ///< for each model its most probable classes in words
    std::vector<ReportRow> rows;
    std::vector<ReportMatrix> agreement{};
    ReportFigures trust{};              ///< a row an explanation, a column a metric; none where nothing was measured
    std::vector<ReportChart> charts{};  ///< of these metrics
};

/// Everything that report.html shows; all texts are plain and get escaped.
struct ComparisonReport {
    std::string title;
    std::vector<ReportModel> models;
    std::vector<ReportPicture> pictures;
    ReportFacts settings;
    ReportFigures means{};  ///< of the metrics over several pictures
};

/// The report as one HTML page that needs nothing but the pictures beside it.
[[nodiscard]] std::string renderReport(const ComparisonReport& report);

}  // namespace discern
