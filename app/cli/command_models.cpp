#include <spdlog/fmt/fmt.h>

#include "app/cli/command.h"
#include "core/model/zoo.h"

namespace discern {

namespace {

using nlohmann::json;

json toJson(const ZooModel& model) {
    json reported = json::array();
    for (const ReportedFigure& figure : model.reported) {
        reported.push_back({{"metric", figure.metric}, {"value", figure.value}, {"dataset", figure.dataset}});
    }
    return {{"name", model.name},
            {"title", model.title},
            {"installed", model.installed()},
            {"path", model.path.string()},
            {"how_to_get", model.howToGet},
            {"input", {model.height, model.width}},
            {"parameters", model.parameters},
            {"macs", model.macs},
            {"reported", reported},
            {"source", model.source},
            {"licence", model.licence}};
}

void print(const ZooModel& model, Console& console) {
    console.print(fmt::format("{:<20} {:<20} {:>3} x {:<3}  {:>5.1f} M parameters  {:>6.0f} M MACs", model.name,
                              model.title, model.height, model.width, static_cast<double>(model.parameters) / 1e6,
                              static_cast<double>(model.macs) / 1e6));
    for (const ReportedFigure& figure : model.reported) {
        console.print(
            fmt::format("    {} {:g} on {}, as its authors report", figure.metric, figure.value, figure.dataset));
    }
    console.print("    " + (model.installed() ? model.path.string() : "not fetched; get it with " + model.howToGet));
}

void list(Console& console) {
    json all = json::array();
    for (const ZooModel& model : zooModels()) {
        print(model, console);
        all.push_back(toJson(model));
    }
    console.printJson(all);
}

CommandRun declare(CLI::App&) { return &list; }

}  // namespace

Command modelsCommand() { return {"models", "List the models that Discern knows by name", &declare}; }

}  // namespace discern
