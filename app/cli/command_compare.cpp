#include <algorithm>
#include <memory>

#include "app/cli/command.h"
#include "app/cli/drawing.h"
#include "app/cli/explain_options.h"
#include "app/cli/measuring.h"
#include "core/store/files.h"
#include "ui/report/comparison_folder.h"

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

std::size_t placeOf(const NamedModel& model, const std::vector<NamedModel>& models) {
    return static_cast<std::size_t>(std::ranges::find(models, model.folder, &NamedModel::folder) - models.begin());
}

/// Explains a picture with every model and method.
ComparedPicture comparePicture(const ExplainOptions& options, const NamedPicture& picture,
                               const std::vector<NamedModel>& models, Measuring& measuring, Console& console) {
    const std::vector<const Method*> methods = options.chosenMethods();
    ComparedPicture compared;
    compared.named = picture;
    compared.predictions.resize(models.size());
    compared.cells.assign(methods.size(), std::vector<ComparedCell>(models.size()));
    const auto cellOf = [&](const std::string& method, std::size_t model) -> ComparedCell& {
        const auto found = std::ranges::find_if(methods, [&](const Method* known) { return known->name == method; });
        return compared.cells[static_cast<std::size_t>(found - methods.begin())][model];
    };
    options.run(
        picture, models, console,
        [&](const Explained& explained) {
            const std::size_t model = placeOf(explained.model, models);
            compared.predictions[model] = explained.prediction;
            cellOf(explained.method.name, model) = {
                explained.request, std::make_shared<const Attribution>(explained.attribution), {}, {},
                measuring.measure(explained)};
        },
        [&](const NotExplained& failure) {
            const std::size_t model = placeOf(failure.model, models);
            for (const Method* method : methods) {
                if (failure.method.empty() || failure.method == method->name) {
                    cellOf(method->name, model).error = options.told(failure.error);
                }
            }
        });
    return compared;
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
    ComparisonFolder folder(options.out(), std::move(comparison), options.compute(),
                            [&](const std::function<void()>& item) { return console.attempt(item); });
    Measuring measuring(options, console);
    for (const NamedPicture& picture : pictures) {
        ComparedPicture compared = comparePicture(options, picture, models, measuring, console);
        console.begin("comparing the maps of " + picture.picture->name);
        folder.add(std::move(compared), console);
    }
    const json document = folder.finish(told(failures, options));
    console.print(document.at("report").get<std::string>());
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
