#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/run/progress.h"
#include "ui/report/comparison_report.h"

namespace discern {

/// A comparison written picture by picture, so that pixels need not be kept: for each explanation a folder (writeResult),
/// for each picture IMAGE-comparison.png, and at the end metrics.json, metrics.csv, agreement.csv and report.html.
class ComparisonFolder {
public:
    /// `comparison` has its models and methods, one at least of each, and no pictures yet.
    ComparisonFolder(std::filesystem::path out, Comparison comparison, Compute compute, Attempt attempt);

    /// Measures how far the picture's explanations agree and writes what is of it alone. Throws Error(Cancelled).
    void add(ComparedPicture picture, Progress& progress);
    /// Writes what is of all pictures; `failures` are told in metrics.json. Returns what that says, with the report's
    /// path. Throws Error(Run) that names the file that cannot be written.
    [[nodiscard]] nlohmann::json finish(const nlohmann::json& failures);

private:
    std::filesystem::path out_;
    Comparison comparison_;
    Attempt attempt_;
    ComparisonReport report_;
};

}  // namespace discern
