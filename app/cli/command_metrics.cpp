#include <spdlog/fmt/fmt.h>

#include "app/cli/command.h"
#include "core/measure/agreement.h"

namespace discern {

namespace {

using nlohmann::json;

void list(Console& console) {
    json all = json::array();
    for (const AgreementMeasure& measure : agreementMeasures()) {
        console.print(fmt::format("{}  {}, of two explanations of one image", measure.name, measure.title));
        console.print("    " + measure.tells);
        console.print(fmt::format("    From {} to {}. Source: {}", measure.low, measure.high, measure.source));
        console.print();
        all.push_back({{"name", measure.name},
                       {"title", measure.title},
                       {"of", "agreement"},
                       {"tells", measure.tells},
                       {"source", measure.source},
                       {"minimum", measure.low},
                       {"maximum", measure.high}});
    }
    console.printJson(all);
}

CommandRun declare(CLI::App&) {
    return [](Console& console) { list(console); };
}

}  // namespace

Command metricsCommand() {
    return {"metrics", "List the measures that compare explanations, with what they mean", &declare};
}

}  // namespace discern
