#include "ui/report/comparison.h"

#include <set>

#include "core/about.h"
#include "core/record/provenance.h"
#include "core/record/speed_record.h"
#include "core/text/csv.h"
#include "ui/report/comparison_agreement.h"

namespace discern {

namespace {

using nlohmann::json;

json modelRecord(const ComparedModel& compared, Paths paths) {
    const Model& model = *compared.named.model;
    const Complexity& complexity = model.complexity();
    json reported = json::array();
    for (const ReportedFigure& figure : model.card().reported) {
        reported.push_back({{"metric", figure.metric}, {"value", figure.value}, {"dataset", figure.dataset}});
    }
    json record = {{"name", model.name()},     {"file", toldAs(model.path(), paths)},
                   {"sha256", model.sha256()}, {"parameters", complexity.parameters},
                   {"macs", complexity.macs},  {"bytes", complexity.bytes},
                   {"reported", reported}};
    if (compared.speed) {
        record.update(speedRecord(*compared.speed));
    }
    return record;
}

json predictionRecord(const Model& model, const Picture& picture, const Prediction& prediction) {
    json record = classRecord(model, prediction, prediction.top(1).front());
    record["model"] = model.name();
    record["image"] = picture.name;
    return record;
}

json cellRecord(const ComparedCell& cell, const Model& model, const Picture& picture, const Method& method) {
    if (!cell.record.is_null()) {
        json record = cell.record;
        if (!cell.metrics.empty()) {
            record["metrics"] = metricRecords(cell.metrics);
        }
        return record;
    }
    return {{"model", model.name()}, {"image", picture.name}, {"method", method.name}, {"error", cell.error}};
}

std::string number(const json& record, const char* field) {
    const auto found = record.find(field);
    return found == record.end() || found->is_null() ? std::string() : found->dump();
}

std::set<std::string> factNames(const Comparison& comparison) {
    std::set<std::string> names;
    for (const ComparedPicture& picture : comparison.pictures) {
        for (const auto& row : picture.cells) {
            for (const ComparedCell& cell : row) {
                for (const auto& fact : cell.attribution ? cell.attribution->facts : std::map<std::string, double>{}) {
                    names.insert(fact.first);
                }
            }
        }
    }
    return names;
}

std::vector<std::string> tableLine(const ComparedModel& model, const ComparedPicture& picture, std::size_t modelAt,
                                   const Method& method, const ComparedCell& cell, const std::set<std::string>& facts,
                                   const Comparison& comparison) {
    const json figures = modelRecord(model, Paths::Names);
    std::vector<std::string> values = {model.named.model->name(),     number(figures, "parameters"),
                                       number(figures, "macs"),       number(figures, "bytes"),
                                       number(figures, "latency_ms"), number(figures, "quiet"),
                                       picture.named.picture->name};
    const auto& prediction = picture.predictions[modelAt];
    const json top =
        prediction ? classRecord(*model.named.model, *prediction, prediction->top(1).front()) : json::object();
    values.insert(values.end(),
                  {number(top, "index"), top.value("label", ""), number(top, "probability"), method.name});
    const json target = cell.record.is_null() ? json::object() : cell.record.at("target");
    values.insert(values.end(), {number(target, "index"), target.value("label", ""), target.value("score", "")});
    const json record = cell.record.is_null() ? json::object() : cell.record;
    values.insert(values.end(), {number(record, "evaluations"), number(record, "seconds"),
                                 record.value("certainty", ""), cell.error});
    for (const std::string& name : facts) {
        values.push_back(cell.record.is_null() ? "" : number(record.at("facts"), name.c_str()));
    }
    const std::vector<std::string> metrics = metricCells(comparison.metrics, comparison.baselines, cell.metrics);
    values.insert(values.end(), metrics.begin(), metrics.end());
    return values;
}

}  // namespace

std::vector<MeasuredExplanation> measuredOf(const ComparedPicture& picture, const Comparison& comparison) {
    std::vector<MeasuredExplanation> all;
    for (std::size_t m = 0; m < comparison.models.size(); ++m) {
        for (std::size_t i = 0; i < comparison.methods.size(); ++i) {
            const ComparedCell& cell = picture.cells[i][m];
            if (!cell.metrics.empty()) {
                all.push_back({comparison.models[m].named.model->name(), picture.named.picture->name,
                               comparison.methods[i]->name, comparison.methods[i]->title, cell.metrics});
            }
        }
    }
    return all;
}

std::vector<MeasuredExplanation> measuredOf(const Comparison& comparison) {
    std::vector<MeasuredExplanation> all;
    for (const ComparedPicture& picture : comparison.pictures) {
        const std::vector<MeasuredExplanation> some = measuredOf(picture, comparison);
        all.insert(all.end(), some.begin(), some.end());
    }
    return all;
}

json comparisonDocument(const Comparison& comparison) {
    json models = json::array();
    for (const ComparedModel& model : comparison.models) {
        models.push_back(modelRecord(model, comparison.paths));
    }
    json predictions = json::array();
    json explanations = json::array();
    for (const ComparedPicture& picture : comparison.pictures) {
        for (std::size_t m = 0; m < comparison.models.size(); ++m) {
            const Model& model = *comparison.models[m].named.model;
            if (picture.predictions[m]) {
                predictions.push_back(predictionRecord(model, *picture.named.picture, *picture.predictions[m]));
            }
            for (std::size_t i = 0; i < comparison.methods.size(); ++i) {
                explanations.push_back(
                    cellRecord(picture.cells[i][m], model, *picture.named.picture, *comparison.methods[i]));
            }
        }
    }
    return {{"program", programRecord()},
            {"models", models},
            {"predictions", predictions},
            {"explanations", explanations},
            {"metric_means", metricMeans(measuredOf(comparison), comparison.seed)},
            {"agreement", agreementRecords(comparison)}};
}

std::string comparisonTable(const Comparison& comparison) {
    const std::set<std::string> facts = factNames(comparison);
    std::vector<std::string> head = {
        "model",         "parameters",   "macs",         "bytes",        "latency_ms",
        "latency_quiet", "image",        "top1_index",   "top1_label",   "top1_probability",
        "method",        "target_index", "target_label", "target_score", "evaluations",
        "seconds",       "certainty",    "error"};
    head.insert(head.end(), facts.begin(), facts.end());
    const std::vector<std::string> metrics = metricColumns(comparison.metrics, comparison.baselines);
    head.insert(head.end(), metrics.begin(), metrics.end());
    std::string table = csvLine(head);
    for (const ComparedPicture& picture : comparison.pictures) {
        for (std::size_t m = 0; m < comparison.models.size(); ++m) {
            for (std::size_t i = 0; i < comparison.methods.size(); ++i) {
                table += csvLine(tableLine(comparison.models[m], picture, m, *comparison.methods[i],
                                           picture.cells[i][m], facts, comparison));
            }
        }
    }
    return table;
}

}  // namespace discern
