#include "app/cli/command.h"

namespace discern {

CommandRun declareMethods(CLI::App& options);
CommandRun declareMetrics(CLI::App& options);
CommandRun declareModels(CLI::App& options);
CommandRun declareModel(CLI::App& options);
CommandRun declarePredict(CLI::App& options);
CommandRun declareExplain(CLI::App& options);
CommandRun declareCompare(CLI::App& options);

const std::vector<Command>& commands() {
    static const std::vector<Command> all = {
        {"methods", "List the explanation methods with their parameters, defaults and sources", &declareMethods},
        {"metrics", "List the measures that compare explanations, with what they mean", &declareMetrics},
        {"models", "List the models that Discern knows by name", &declareModels},
        {"model", "Describe a model: card, layers, parameters, MACs, bytes, latency", &declareModel},
        {"predict", "Print a model's most probable classes for pictures", &declarePredict},
        {"explain", "Write what each model looked at, by each method, for each picture", &declareExplain},
        {"compare", "Explain with several models and write tables and a report", &declareCompare},
    };
    return all;
}

}  // namespace discern
