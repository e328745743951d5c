#include <spdlog/fmt/fmt.h>

#include <memory>

#include "app/cli/command.h"
#include "app/cli/parameter_words.h"
#include "core/measure/agreement.h"
#include "core/measure/metric_words.h"
#include "core/measure/metrics_document.h"

namespace discern {

namespace {

using nlohmann::json;

json toJson(const AgreementMeasure& measure) {
    return {{"name", measure.name},     {"title", measure.title}, {"of", "agreement"},      {"tells", measure.tells},
            {"source", measure.source}, {"minimum", measure.low}, {"maximum", measure.high}};
}

json toJson(const TrustMetric& metric) {
    json parameters = json::array();
    for (const Parameter& parameter : metric.parameters) {
        parameters.push_back(parameterRecord(parameter));
    }
    return {{"name", metric.name},         {"title", metric.title},   {"of", word(metric.family)},
            {"needs", word(metric.needs)}, {"range", metric.range},   {"better", word(metric.better)},
            {"tells", metric.tells},       {"limits", metric.limits}, {"cost", metric.cost},
            {"source", metric.source},     {"parameters", parameters}};
}

void print(const TrustMetric& metric, Console& console) {
    console.print(fmt::format("{}  {}, {}", metric.name, metric.title, word(metric.family)));
    console.print("    " + metric.tells);
    console.print("    " + metric.limits);
    console.print(fmt::format("    Values {}; {} is better. Needs {}. Cost: {}. Source: {}", metric.range,
                              word(metric.better), inWords(metric.needs), metric.cost, metric.source));
    for (const Parameter& parameter : metric.parameters) {
        console.print(parameterInWords(parameter));
    }
    console.print();
}

void print(const AgreementMeasure& measure, Console& console) {
    console.print(fmt::format("{}  {}, of two explanations of one image", measure.name, measure.title));
    console.print("    " + measure.tells);
    console.print(fmt::format("    From {} to {}. Source: {}", measure.low, measure.high, measure.source));
    console.print();
}

void list(Console& console) {
    json all = json::array();
    for (const TrustMetric& metric : trustMetrics()) {
        print(metric, console);
        all.push_back(toJson(metric));
    }
    for (const AgreementMeasure& measure : agreementMeasures()) {
        print(measure, console);
        all.push_back(toJson(measure));
    }
    console.printJson(all);
}

void printMarkdown(Console& console) {
    std::string document = metricsDocument();
    document.pop_back();  // print() ends the last line
    console.print(document);
}

CommandRun declare(CLI::App& app) {
    const auto markdown = std::make_shared<bool>(false);
    app.add_flag("--markdown", *markdown, "Print docs/metrics.md");
    return [markdown](Console& console) { *markdown && !console.json ? printMarkdown(console) : list(console); };
}

}  // namespace

Command metricsCommand() {
    return {"metrics", "List the metrics and what they mean, with parameters, defaults and sources", &declare};
}

}  // namespace discern
