#include <spdlog/fmt/fmt.h>

#include <memory>

#include "app/cli/card_options.h"
#include "app/cli/command.h"
#include "app/cli/compute_options.h"
#include "core/model/model.h"
#include "core/record/speed_record.h"

namespace discern {

namespace {

using nlohmann::json;

struct Options {
    std::string model;
    CardOptions card;
    ComputeOptions compute;
    bool skipSpeed = false;
    bool layersAlone = false;
};

json toJson(const LayerInfo& layer) {
    json record = {{"name", layer.name}, {"operator", layer.op}, {"shape", layer.shape}, {"spatial", layer.spatial}};
    if (layer.spatial) {
        record["grid"] = {layer.gridHeight, layer.gridWidth};
        record["extra_tokens"] = layer.extraTokens;
    }
    return record;
}

json toJson(const OperatorCost& cost) {
    return {{"name", cost.name},         {"operator", cost.op}, {"shape", cost.shape}, {"parameters", cost.parameters}, {"macs", cost.macs},
            {"tappable", cost.layer}};
}

json toJson(const Model& model) {
    json layers = json::array();
    for (const LayerInfo& layer : model.layers()) {
        layers.push_back(toJson(layer));
    }
    const Complexity& complexity = model.complexity();
    json operators = json::array();
    for (const OperatorCost& cost : complexity.operators) operators.push_back(toJson(cost));
    return {{"name", model.name()},
            {"path", model.path().string()},
            {"sha256", model.sha256()},
            {"card", model.card().original},
            {"assumed", model.card().assumed},
            {"classes", model.classCount()},
            {"parameters", complexity.parameters},
            {"macs", complexity.macs},
            {"macs_by_operator", complexity.macsByOperator},
            {"bytes", complexity.bytes},
            {"last", model.findLayer("last") ? json(model.layer("last").name) : json()},
            {"output", toString(model.conduct().output)},
            {"notes", model.conduct().notes},
            {"layers", layers},
            {"operators", operators}};
}

void print(const Model& model, Console& console) {
    const ModelCard& card = model.card();
    const Complexity& complexity = model.complexity();
    console.print(model.name());
    console.print("  file        " + model.path().string());
    console.print("  sha-256     " + model.sha256());
    if (!card.source.empty()) {
        console.print("  source      " + card.source);
    }
    if (!card.licence.empty()) {
        console.print("  licence     " + card.licence);
    }
    console.print(
        fmt::format("  input       {} x {}, {} channels", card.input.height, card.input.width, card.input.channels()));
    if (!card.assumed.empty()) {
        console.print("  assumed     " + assumedInWords(card));
    }
    for (const std::string& note : model.conduct().notes) console.print("  found       " + note);
    console.print(fmt::format("  classes     {}", model.classCount()));
    console.print(fmt::format("  parameters  {:.2f} M", static_cast<double>(complexity.parameters) / 1e6));
    console.print(fmt::format("  MACs        {:.1f} M", static_cast<double>(complexity.macs) / 1e6));
    console.print(fmt::format("  size        {:.1f} MB", static_cast<double>(complexity.bytes) / 1e6));
    for (const ReportedFigure& figure : card.reported) {
        console.print(fmt::format("  reported    {} {:g} on {}", figure.metric, figure.value, figure.dataset));
    }
}

void print(const Speed& speed, Console& console) {
    console.print("  latency     " + latencyInWords(speed));
    console.print(fmt::format("  throughput  {}; {}, {}", throughputInWords(speed), speed.device, speed.precision));
}

void printLayers(const Model& model, Console& console) {
    const LayerInfo* last = model.findLayer("last");
    console.print("  layers      (last is " + (last ? last->name : "none: no layer has a spatial grid") + ")");
    for (const LayerInfo& layer : model.layers()) {
        console.print(fmt::format("    {:<44} {:<24} {}", layer.name, layer.op, fmt::join(layer.shape, " x ")));
    }
}

/// All layers and what else costs anything, with what each costs; the model's figures below.
void printCosts(const Model& model, Console& console) {
    const Complexity& complexity = model.complexity();
    const auto line = [&](const std::string& name, const std::string& op, const std::string& shape, std::int64_t parameters, std::int64_t macs) {
        const double share = complexity.macs > 0 ? 100.0 * static_cast<double>(macs) / static_cast<double>(complexity.macs) : 0.0;
        console.print(fmt::format("{:<48} {:<20} {:<20} {:>12} {:>14} {:>6.2f} %", name, op, shape, parameters, macs, share));
    };
    console.print(fmt::format("{:<48} {:<20} {:<20} {:>12} {:>14} {:>8}", "layer", "operator", "shape", "parameters", "MACs", "share"));
    for (const OperatorCost& cost : complexity.operators)
        line(cost.name, cost.op, fmt::format("{}", fmt::join(cost.shape, " x ")), cost.parameters, cost.macs);
    line("all", "", "", complexity.parameters, complexity.macs);
}

void describeModel(const Options& options, Console& console) {
    console.begin("loading " + options.model);
    CardUse use;
    const auto model = options.card.load(options.model, true, use, console);
    json record = toJson(*model);
    if (options.layersAlone) {
        printCosts(*model, console);
        return console.printJson(record["operators"]);
    }
    print(*model, console);
    if (!options.skipSpeed) {
        console.begin("measuring " + model->name());
        const Speed speed = model->measureSpeed(console, options.compute.chosen());
        record["speed"] = speedRecord(speed);
        record["latency_ms"] = speed.latencyMs.median;
        print(speed, console);
    }
    printLayers(*model, console);
    console.printJson(record);
}

CommandRun declare(CLI::App& app) {
    const auto options = std::make_shared<Options>();
    app.add_option("model", options->model, "A TorchScript, ONNX or torch.export file, or a name that 'discern-cli models' lists")
        ->required();
    app.add_flag("--no-speed", options->skipSpeed, "Measure no latency");
    app.add_flag("--layers", options->layersAlone, "Print a table of all layers with shape, parameters and MACs instead");
    options->card.declare(app);
    options->compute.declare(app);
    return [options](Console& console) { describeModel(*options, console); };
}

}  // namespace

Command modelCommand() {
    return {"model", "Describe a model: card, layers, parameters, MACs, bytes, latency", &declare};
}

}  // namespace discern
