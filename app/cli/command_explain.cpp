#include <spdlog/fmt/fmt.h>

#include <memory>

#include "app/cli/command.h"
#include "app/cli/drawing.h"
#include "app/cli/explain_options.h"
#include "app/cli/measuring.h"
#include "core/record/provenance.h"
#include "core/store/files.h"
#include "core/text/csv.h"
#include "ui/report/metric_tables.h"

namespace discern {

namespace {

using nlohmann::json;

json write(const ExplainOptions& options, const Explained& explained, Console& console) {
    const DisplaySettings settings;
    const Attribution* const only = &explained.attribution;
    const std::filesystem::path folder = resultFolder(options.out(), explained);
    json record = writeResult(folder, explained, settings, rangeOf({&only, 1}, settings), options.paths());
    record["folder"] = folder.string();
    console.print(fmt::format("{}  {} evaluations, {:.2f} s{}{}", folder.string(), explained.attribution.evaluations,
                              explained.attribution.seconds, explained.attribution.summary.empty() ? "" : ", ",
                              explained.attribution.summary));
    return record;
}

/// metrics.json and metrics.csv: what the metrics say of each explanation.
void writeMetrics(const ExplainOptions& options, const std::vector<MeasuredExplanation>& all) {
    const std::vector<const TrustMetric*> metrics = options.metrics().chosen();
    if (metrics.empty()) {
        return;
    }
    const bool baselines = options.metrics().withBaselines();
    json explanations = json::array();
    std::vector<std::string> head = {"model", "image", "method"};
    const std::vector<std::string> columns = metricColumns(metrics, baselines);
    head.insert(head.end(), columns.begin(), columns.end());
    std::string table = csvLine(head);
    for (const MeasuredExplanation& one : all) {
        explanations.push_back({{"model", one.model},
                                {"image", one.image},
                                {"method", one.method},
                                {"metrics", metricRecords(one.metrics)}});
        std::vector<std::string> line = {one.model, one.image, one.method};
        const std::vector<std::string> cells = metricCells(metrics, baselines, one.metrics);
        line.insert(line.end(), cells.begin(), cells.end());
        table += csvLine(line);
    }
    const json document = {{"program", programRecord()},
                           {"explanations", explanations},
                           {"metric_means", metricMeans(all, options.seed())}};
    writeFileSafely(options.out() / "metrics.json",
                    document.dump(2, ' ', false, json::error_handler_t::replace) + "\n");
    writeFileSafely(options.out() / "metrics.csv", table);
}

void explainAll(const ExplainOptions& options, Console& console) {
    options.check();
    makeFolder(options.out());
    const Drawing drawing;
    json results = json::array();
    const std::vector<NamedPicture> pictures = options.inputs().readPictures(console, results);
    const std::vector<NamedModel> models = options.inputs().loadModels(console, results);
    Measuring measuring(options, console);
    std::vector<MeasuredExplanation> measured;
    for (const NamedPicture& picture : pictures) {
        options.run(
            picture, models, console,
            [&](const Explained& explained) {
                json record = write(options, explained, console);
                if (!options.metrics().chosen().empty()) {
                    measured.push_back({explained.model.model->name(), explained.picture.picture->name,
                                        explained.method.name, explained.method.title, measuring.measure(explained)});
                    record["metrics"] = metricRecords(measured.back().metrics);
                }
                results.push_back(std::move(record));
            },
            [&](const NotExplained& failure) {
                results.push_back({{"model", failure.model.model->name()},
                                   {"image", failure.picture.picture->path.string()},
                                   {"method", failure.method},
                                   {"error", failure.error}});
            });
    }
    writeMetrics(options, measured);
    console.printJson(results);
}

CommandRun declare(CLI::App& app) {
    const auto options = std::make_shared<ExplainOptions>();
    options->declare(app);
    return [options](Console& console) { explainAll(*options, console); };
}

}  // namespace

Command explainCommand() {
    return {"explain", "Write what each model looked at, by each method, for each picture", &declare};
}

}  // namespace discern
