#pragma once

#include <QString>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

namespace discern {

/// What a person asks of a labelled set. Models, methods with their parameters, metrics, seed and device are those of the
/// session when it starts.
struct EvaluationOrder {
    QString dataset{};  ///< a folder with a sub-folder a class, or a CSV file
    QString masks{};    ///< folder of masks; empty: those beside the images
    QString mapping{};  ///< JSON file label -> class; empty: none
    std::map<std::string, std::string> labels{};  ///< what that file said, for as long as it cannot be read
    bool explained = true;  ///< explain a sample with the ticked methods and measure it with the ticked metrics
    int sample = 50;
    bool timed = true;  ///< also time the models

    bool operator==(const EvaluationOrder&) const = default;
};

/// As a workspace in `folder` keeps it: with paths relative to that.
[[nodiscard]] nlohmann::json toJson(const EvaluationOrder& order, const QString& folder);
/// Fields that are missing or no such thing keep their defaults. `folder` is where the workspace is now.
[[nodiscard]] EvaluationOrder evaluationOrderOf(const nlohmann::json& record, const QString& folder);

}  // namespace discern
