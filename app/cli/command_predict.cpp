#include <spdlog/fmt/fmt.h>

#include <memory>

#include "app/cli/command.h"
#include "app/cli/compute_options.h"
#include "app/cli/inputs.h"
#include "core/record/provenance.h"

namespace discern {

namespace {

using nlohmann::json;

struct Options {
    Inputs inputs;
    ComputeOptions compute;
    int top = 5;
};

json toJson(const Model& model, const Picture& picture, const Prediction& prediction, int top, Compute compute) {
    json classes = json::array();
    for (const int index : prediction.top(top)) {
        classes.push_back(classRecord(model, prediction, index));
    }
    return {{"model", model.name()},
            {"image", picture.path.string()},
            {"top", classes},
            {"logits", prediction.logits},
            {"undefined", prediction.undefined()},
            {"device", toString(compute.device)},
            {"precision", toString(compute.precision)},
            {"assumed", model.card().assumed},
            {"model_sha256", model.sha256()},
            {"image_sha256", picture.sha256},
            {"image_notes", picture.notes}};
}

void print(const Model& model, const Picture& picture, const Prediction& prediction, int top, Console& console) {
    console.print(picture.name + ", " + model.name());
    console.print("  index  probability      logit  label");
    for (const int index : prediction.top(top)) {
        const auto at = static_cast<std::size_t>(index);
        console.print(fmt::format("  {:>5}  {:>10.2f}%  {:>9.4f}  {}", index, prediction.probabilities[at] * 100.0,
                                  prediction.logits[at], model.label(index)));
    }
    if (const std::string undefined = prediction.undefined(); !undefined.empty()) console.print("  " + undefined);
}

void predict(const Options& options, Console& console) {
    const Compute compute = options.compute.chosen();
    json results = json::array();
    const std::vector<NamedPicture> pictures = options.inputs.readPictures(console, results);
    for (const NamedModel& model : options.inputs.loadModels(console, results)) {
        for (const NamedPicture& picture : pictures) {
            console.begin(picture.picture->name + ", " + model.model->name());
            console.checkpoint();
            const std::string error = console.attempt([&] {
                const Prediction prediction = model.model->predict(*picture.picture, compute);
                print(*model.model, *picture.picture, prediction, options.top, console);
                results.push_back(toJson(*model.model, *picture.picture, prediction, options.top, compute));
            });
            if (!error.empty()) {
                results.push_back(
                    {{"model", model.model->name()}, {"image", picture.picture->path.string()}, {"error", error}});
            }
        }
    }
    console.printJson(results);
}

CommandRun declare(CLI::App& app) {
    const auto options = std::make_shared<Options>();
    options->inputs.declare(app);
    app.add_option("--top", options->top, "How many classes")->check(CLI::Range(0, 1'000'000))->capture_default_str();
    options->compute.declare(app);
    return [options](Console& console) { predict(*options, console); };
}

}  // namespace

Command predictCommand() { return {"predict", "Print a model's most probable classes for pictures", &declare}; }

}  // namespace discern
