#include <memory>

#include "app/cli/command.h"
#include "app/cli/comparison_agreement.h"
#include "app/cli/comparison_report.h"
#include "app/cli/result_folder.h"
#include "core/about.h"
#include "core/store/files.h"

namespace discern {

namespace {

using nlohmann::json;

std::vector<ComparedModel> measured(const std::vector<NamedModel>& models, Compute compute, Console& console) {
    std::vector<ComparedModel> all;
    for (const NamedModel& model : models) {
        console.begin("measuring " + model.model->name());
        ComparedModel compared{model, {}};
        console.attempt([&] { compared.speed = model.model->measureSpeed(console, compute); });
        all.push_back(std::move(compared));
    }
    return all;
}

ComparisonReport beginReport(const Comparison& comparison, Compute compute) {
    ComparisonReport report;
    report.title = "What the models looked at";
    for (const ComparedModel& model : comparison.models) {
        report.models.push_back(reportModel(model, comparison.paths));
    }
    report.settings = {{"program", "discern " + versionOfDiscern() + ", LibTorch " + versionOfTorch()},
                       {"device", describe(compute)},
                       {"precision", toString(compute.precision)}};
    for (const Method* method : comparison.methods) {
        report.settings.emplace_back(method->title, method->source);
    }
    for (const TrustMetric* metric : comparison.metrics) {
        report.settings.emplace_back(metric->title, metric->source);
    }
    return report;
}

/// Files and errors as the options ask to tell of them.
json told(json failures, const ExplainOptions& options) {
    for (json& failure : failures) {
        for (json& text : failure) {
            text = options.told(text.get<std::string>());
        }
    }
    return failures;
}

void compare(const ExplainOptions& options, Console& console) {
    options.check();
    makeFolder(options.out());
    const Drawing drawing;
    json failures = json::array();
    const std::vector<NamedPicture> pictures = options.inputs().readPictures(console, failures);
    const std::vector<NamedModel> models = options.inputs().loadModels(console, failures);
    Comparison comparison;
    comparison.paths = options.paths();
    comparison.methods = options.chosenMethods();
    comparison.metrics = options.metrics().chosen();
    comparison.baselines = options.metrics().withBaselines();
    comparison.seed = options.seed();
    comparison.models = measured(models, options.compute(), console);
    ComparisonReport report = beginReport(comparison, options.compute());
    Measuring measuring(options, console);
    for (const NamedPicture& picture : pictures) {
        ComparedPicture compared = comparePicture(options, picture, models, measuring, console);
        console.begin("comparing the maps of " + picture.picture->name);
        measureAgreement(compared, models, console);
        report.pictures.push_back(
            writePicture(options.out(), compared, models, comparison.methods, options.paths(), console));
        comparison.pictures.push_back(std::move(compared));
    }
    report.means = meansFigures(measuredOf(comparison), comparison.seed);
    json document = comparisonDocument(comparison);
    document["failures"] = told(failures, options);
    const std::filesystem::path& out = options.out();
    writeFileSafely(out / "metrics.json", document.dump(2, ' ', false, json::error_handler_t::replace) + "\n");
    writeFileSafely(out / "metrics.csv", comparisonTable(comparison));
    writeFileSafely(out / "agreement.csv", agreementTable(comparison));
    writeFileSafely(out / "report.html", renderReport(report));
    console.print((out / "report.html").string());
    document["report"] = (out / "report.html").string();
    console.printJson(document);
}

CommandRun declare(CLI::App& app) {
    const auto options = std::make_shared<ExplainOptions>();
    options->declare(app);
    return [options](Console& console) { compare(*options, console); };
}

}  // namespace

Command compareCommand() { return {"compare", "Explain with several models and write tables and a report", &declare}; }

}  // namespace discern
