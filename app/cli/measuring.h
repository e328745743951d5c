#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/cli/explain_options.h"
#include "core/record/measurement_record.h"

namespace discern {

/// Measures explanations with the metrics that the options ask for. What maps that know nothing of the model get is
/// measured once for each model, picture and target.
class Measuring {
public:
    Measuring(const ExplainOptions& options, Console& console) : options_(options), console_(console) {}

    /// One for each metric asked for. An error of one is told, and is its reason for being undefined.
    [[nodiscard]] std::vector<MeasuredMetric> measure(const Explained& explained);

private:
    [[nodiscard]] MeasuredMetric measureOne(const TrustMetric& metric, const MeasuredMap& map,
                                            const Explained& explained);

    const ExplainOptions& options_;
    Console& console_;
    std::map<std::string, std::vector<BaselineMeasurement>> baselines_;
};

}  // namespace discern
