#include <spdlog/fmt/fmt.h>

#include <memory>
#include <optional>

#include "app/cli/card_options.h"
#include "app/cli/command.h"
#include "app/cli/compute_options.h"
#include "app/cli/metric_options.h"
#include "ui/report/metric_tables.h"
#include "core/measure/explained_map.h"
#include "core/measure/metric_words.h"
#include "core/measure/region.h"
#include "core/store/npy.h"

namespace discern {

namespace {

using nlohmann::json;

struct Options {
    std::string model;
    std::filesystem::path image;
    std::filesystem::path map;
    std::optional<std::string> target;
    std::vector<std::string> parameters;
    std::uint64_t seed = 0;
    CardOptions card;
    ComputeOptions compute;
    MetricOptions metrics;
};

std::shared_ptr<const Model> load(const Options& options, Console& console) {
    CardUse use;
    console.begin("loading " + options.model);
    auto model = options.card.load(options.model, true, use, console);
    options.card.check(use);
    return model;
}

GivenParameters given(const Options& options) {
    std::vector<ParameterOwner> owners;
    for (const TrustMetric* metric : options.metrics.chosen()) {
        owners.push_back(ownerOf(*metric));
    }
    return {options.parameters, owners};
}

/// Metrics that explain again cannot be asked about a map alone: said before anything is loaded.
void check(const Options& options) {
    for (const TrustMetric* metric : options.metrics.chosen()) {
        if (metric->needs == MetricNeeds::Method) {
            throw Error(ErrorKind::Usage, metric->name +
                                              " explains again, which a map alone cannot: ask for it with 'explain' or "
                                              "'compare', --method NAME and --metric " +
                                              metric->name + ".");
        }
    }
    options.metrics.check({options.image});
    static_cast<void>(given(options));
}

MeasuredMap mapOf(const Options& options, Console& console) {
    const std::shared_ptr<const Model> model = load(options, console);
    ExplainRequest request;
    request.model = model;
    request.picture = std::make_shared<const Picture>(readPicture(options.image));
    request.targets.front().classIndex = options.target ? findClass(*model, *options.target) : -1;
    request.compute = options.compute.chosen();
    request.seed = options.seed;
    MeasuredMap map = foreignMap(request, readNpy(options.map), options.map.filename().string(), console);
    if (const std::filesystem::path mask = options.metrics.maskOf(0, options.image); !mask.empty()) {
        map.region = regionOnInput(readPicture(mask), *request.picture, model->card().input);
    }
    return map;
}

void print(const MeasuredMetric& measured, Console& console) {
    const Measurement& m = measured.measurement;
    std::string line = fmt::format("{}  {}", measured.metric->name,
                                   m.defined() ? fmt::format("{:.6g}", m.value) : "undefined: " + m.undefined);
    if (m.defined() && measured.metric->better != Better::Neither) {
        line += fmt::format("  ({} is better)", word(measured.metric->better));
    }
    for (const BaselineMeasurement& baseline : measured.baselines) {
        if (baseline.measurement.defined()) {
            line += fmt::format("; {} {:.6g}", baseline.title, baseline.measurement.value);
        }
    }
    console.print(line);
    for (const std::string& note : m.notes) {
        console.print("    " + note);
    }
}

void run(const Options& options, Console& console) {
    check(options);
    const GivenParameters parameters = given(options);
    const MeasuredMap map = mapOf(options, console);
    std::vector<MeasuredMetric> results;
    for (const TrustMetric* metric : options.metrics.chosen()) {
        console.begin(metric->title);
        const auto own = parameters.of(ownerOf(*metric));
        MeasuredMetric measured{metric, measure(*metric, map, own, options.seed, console), {}};
        if (options.metrics.withBaselines()) {
            measured.baselines = measureBaselines(*metric, map, own, options.seed, console);
        }
        print(measured, console);
        results.push_back(std::move(measured));
    }
    console.printJson({{"metrics", metricRecords(results)}});
}

CommandRun declare(CLI::App& app) {
    const auto options = std::make_shared<Options>();
    app.add_option("--model", options->model, "A TorchScript, ONNX or torch.export file, or a name that 'discern-cli models' lists")
        ->required();
    app.add_option("--image", options->image, "The picture that was explained")->required();
    app.add_option("--map", options->map,
                   "The map, a .npy file: height x width in pixels of the model's input, or channels x height x width, "
                   "which counts as the sum of its magnitudes")
        ->required();
    app.add_option("--target", options->target,
                   "The class that was explained, by index or label; the model's own top-1 where missing");
    options->metrics.declare(app, true);
    app.add_option("--param", options->parameters,
                   "A setting key=value for every metric that knows it, or metric.key=value");
    app.add_option("--seed", options->seed, "Seed of everything random")->capture_default_str();
    options->card.declare(app);
    options->compute.declare(app);
    return [options](Console& console) { run(*options, console); };
}

}  // namespace

Command measureCommand() { return {"measure", "Measure a map that any program made", &declare}; }

}  // namespace discern
