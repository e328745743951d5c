#include "ui/report/metric_tables.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>

#include "core/evaluate/bootstrap.h"
#include "core/measure/baseline_maps.h"
#include "core/measure/metric_words.h"

namespace discern {

namespace {

using nlohmann::json;

std::string cell(double value) { return std::isfinite(value) ? fmt::format("{}", value) : std::string(); }

std::string figureInWords(double value) {
    return std::isfinite(value) ? fmt::format("{:.3g}", value) : std::string("undefined");
}

std::vector<std::string> baselineNames(const TrustMetric& metric) {
    std::vector<std::string> names;
    for (const BaselineMap& baseline : baselineMaps()) {
        if (!metric.bySize) {
            names.push_back(baseline.name);
        }
    }
    return names;
}

double baselineOf(const MeasuredMetric& measured, const std::string& name) {
    const auto found = std::ranges::find(measured.baselines, name, &BaselineMeasurement::name);
    return found == measured.baselines.end() ? std::nan("") : found->measurement.value;
}

const MeasuredMetric* find(const std::vector<MeasuredMetric>& measured, const TrustMetric& metric) {
    const auto found = std::ranges::find(measured, &metric, &MeasuredMetric::metric);
    return found == measured.end() ? nullptr : &*found;
}

std::vector<const TrustMetric*> metricsOf(const std::vector<MeasuredExplanation>& explanations) {
    std::vector<const TrustMetric*> metrics;
    for (const MeasuredExplanation& explanation : explanations) {
        for (const MeasuredMetric& measured : explanation.metrics) {
            if (std::ranges::find(metrics, measured.metric) == metrics.end()) {
                metrics.push_back(measured.metric);
            }
        }
    }
    return metrics;
}

/// A metric's values of one model and method over the images, in their order.
struct OverImages {
    const MeasuredExplanation* first = nullptr;
    const TrustMetric* metric = nullptr;
    std::vector<double> values;
};

std::vector<OverImages> overImages(const std::vector<MeasuredExplanation>& explanations) {
    std::vector<OverImages> all;
    for (const MeasuredExplanation& explanation : explanations) {
        for (const MeasuredMetric& measured : explanation.metrics) {
            auto found = std::ranges::find_if(all, [&](const OverImages& one) {
                return one.metric == measured.metric && one.first->model == explanation.model &&
                       one.first->method == explanation.method;
            });
            if (found == all.end()) {
                all.push_back({&explanation, measured.metric, {}});
                found = all.end() - 1;
            }
            found->values.push_back(measured.measurement.value);
        }
    }
    return all;
}

ReportFigures headOf(const std::vector<const TrustMetric*>& metrics) {
    ReportFigures figures;
    for (const TrustMetric* metric : metrics) {
        figures.columns.push_back({metric->title, metric->tells + " " + metric->limits,
                                   metric->better == Better::Neither
                                       ? "neither end is better"
                                       : fmt::format("{} is better", word(metric->better))});
    }
    return figures;
}

std::string rowName(const MeasuredExplanation& explanation) { return explanation.title + ", " + explanation.model; }

ReportFigures::Value shown(const MeasuredMetric* measured) {
    if (measured == nullptr) {
        return {};
    }
    std::string small = measured->measurement.undefined;
    for (const BaselineMeasurement& baseline : measured->baselines) {
        small += (small.empty() ? "" : "; ") + baseline.title + " " + figureInWords(baseline.measurement.value);
    }
    return {figureInWords(measured->measurement.value), small};
}

void addLine(std::vector<ReportChart>& charts, const std::string& model, const MetricCurve& curve,
             const std::string& name, bool isBaseline) {
    const std::string title = curve.title + ", " + model;
    auto chart = std::ranges::find(charts, title, &ReportChart::title);
    if (chart == charts.end()) {
        charts.push_back({title, curve.xAxis, curve.yAxis, {}});
        chart = charts.end() - 1;
    }
    const bool known = std::ranges::find(chart->lines, name, &ReportLine::name) != chart->lines.end();
    if (!known) {
        chart->lines.push_back({name, curve.x, curve.y, isBaseline});
    }
}

}  // namespace

std::vector<std::string> metricColumns(const std::vector<const TrustMetric*>& metrics, bool baselines) {
    std::vector<std::string> columns;
    for (const TrustMetric* metric : metrics) {
        columns.push_back(metric->name);
        for (const std::string& name : baselines ? baselineNames(*metric) : std::vector<std::string>()) {
            columns.push_back(metric->name + "_" + name);
        }
    }
    return columns;
}

std::vector<std::string> metricCells(const std::vector<const TrustMetric*>& metrics, bool baselines,
                                     const std::vector<MeasuredMetric>& measured) {
    std::vector<std::string> cells;
    for (const TrustMetric* metric : metrics) {
        const MeasuredMetric* const one = find(measured, *metric);
        cells.push_back(one != nullptr ? cell(one->measurement.value) : "");
        for (const std::string& name : baselines ? baselineNames(*metric) : std::vector<std::string>()) {
            cells.push_back(one != nullptr ? cell(baselineOf(*one, name)) : "");
        }
    }
    return cells;
}

json metricRecords(const std::vector<MeasuredMetric>& measured) {
    json records = json::array();
    for (const MeasuredMetric& one : measured) {
        records.push_back(measurementRecord(one));
    }
    return records;
}

json metricMeans(const std::vector<MeasuredExplanation>& explanations, std::uint64_t seed) {
    json records = json::array();
    for (const OverImages& one : overImages(explanations)) {
        const MeanInterval interval = bootstrapMean(one.values, seed);
        records.push_back({{"model", one.first->model},
                           {"method", one.first->method},
                           {"metric", one.metric->name},
                           {"mean", numberOrNull(interval.mean)},
                           {"low", numberOrNull(interval.low)},
                           {"high", numberOrNull(interval.high)},
                           {"images", interval.count},
                           {"undefined", one.values.size() - interval.count}});
    }
    return records;
}

ReportFigures meansFigures(const std::vector<MeasuredExplanation>& explanations, std::uint64_t seed) {
    const std::vector<OverImages> all = overImages(explanations);
    if (std::ranges::none_of(all, [](const OverImages& one) { return one.values.size() > 1; })) {
        return {};
    }
    const std::vector<const TrustMetric*> metrics = metricsOf(explanations);
    ReportFigures figures = headOf(metrics);
    for (const OverImages& one : all) {
        const std::string name = rowName(*one.first);
        auto row = std::ranges::find(figures.rows, name, &ReportFigures::Row::name);
        if (row == figures.rows.end()) {
            figures.rows.push_back({name, std::vector<ReportFigures::Value>(metrics.size())});
            row = figures.rows.end() - 1;
        }
        const MeanInterval interval = bootstrapMean(one.values, seed);
        const auto column = std::ranges::find(metrics, one.metric) - metrics.begin();
        row->values[static_cast<std::size_t>(column)] = {
            figureInWords(interval.mean), interval.count > 1
                                              ? fmt::format("{:.3g} to {:.3g}; {} of {} images", interval.low,
                                                            interval.high, interval.count, one.values.size())
                                              : fmt::format("{} of {} images", interval.count, one.values.size())};
    }
    return figures;
}

ReportFigures trustFigures(const std::vector<MeasuredExplanation>& explanations) {
    const std::vector<const TrustMetric*> metrics = metricsOf(explanations);
    ReportFigures figures = headOf(metrics);
    for (const MeasuredExplanation& explanation : explanations) {
        ReportFigures::Row row{rowName(explanation), {}};
        for (const TrustMetric* metric : metrics) {
            row.values.push_back(shown(find(explanation.metrics, *metric)));
        }
        figures.rows.push_back(std::move(row));
    }
    return figures;
}

std::vector<ReportChart> trustCharts(const std::vector<MeasuredExplanation>& explanations) {
    std::vector<ReportChart> charts;
    for (const MeasuredExplanation& explanation : explanations) {
        for (const MeasuredMetric& measured : explanation.metrics) {
            for (const MetricCurve& curve : measured.measurement.curves) {
                addLine(charts, explanation.model, curve, explanation.title, false);
            }
        }
    }
    for (const MeasuredExplanation& explanation : explanations) {
        for (const MeasuredMetric& measured : explanation.metrics) {
            for (const BaselineMeasurement& baseline : measured.baselines) {
                for (const MetricCurve& curve : baseline.measurement.curves) {
                    addLine(charts, explanation.model, curve, baseline.title, true);
                }
            }
        }
    }
    return charts;
}

}  // namespace discern
