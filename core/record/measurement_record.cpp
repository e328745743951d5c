#include "core/record/measurement_record.h"

#include <algorithm>
#include <cmath>

#include "core/measure/metric_words.h"
#include "core/record/paths.h"

namespace discern {
namespace {

using nlohmann::json;

json numbers(const std::vector<double>& values) {
    json list = json::array();
    for (const double value : values) list.push_back(numberOrNull(value));
    return list;
}

json curveRecord(const MetricCurve& curve) {
    json record = {{"title", curve.title},
                   {"x", numbers(curve.x)},
                   {"y", numbers(curve.y)},
                   {"x_axis", curve.xAxis},
                   {"y_axis", curve.yAxis}};
    if (!curve.steps.empty()) record["steps"] = curve.steps;
    return record;
}

json parametersRecord(const MeasuredMetric& measured) {
    json record = json::object();
    for (const Parameter& parameter : measured.metric->parameters) {
        const auto found = measured.measurement.parameters.find(parameter.name);
        if (found == measured.measurement.parameters.end()) continue;
        record[found->first] = parameter.namesFile(found->second) ? toldAs(found->second, Paths::Names) : found->second;
    }
    return record;
}

}  // namespace

json numberOrNull(double value) { return std::isfinite(value) ? json(value) : json(); }

json measurementRecord(const MeasuredMetric& measured) {
    const Measurement& m = measured.measurement;
    json baselines = json::object();
    for (const BaselineMeasurement& baseline : measured.baselines)
        baselines[baseline.name] = numberOrNull(baseline.measurement.value);
    json facts = json::object();
    for (const auto& [name, value] : m.facts) facts[name] = numberOrNull(value);
    json record = {{"name", measured.metric->name},
                   {"value", numberOrNull(m.value)},
                   {"better", word(measured.metric->better)},
                   {"undefined", m.defined() ? json() : json(m.undefined)},
                   {"baselines", baselines},
                   {"facts", facts},
                   {"notes", m.notes},
                   {"parameters", parametersRecord(measured)},
                   {"seed", m.seed},
                   {"evaluations", m.evaluations}};
    if (!m.curves.empty()) record["curve"] = curveRecord(m.curves.front());
    if (m.curves.size() > 1) {
        record["more_curves"] = json::array();
        for (std::size_t i = 1; i < m.curves.size(); ++i) record["more_curves"].push_back(curveRecord(m.curves[i]));
    }
    return record;
}

}  // namespace discern
