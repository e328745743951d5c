#include "app/cli/command.h"

#include "core/registry.h"

// Every command in the order of --help: adding one is its file and its line here.
#define DISCERN_COMMANDS(ENTRY) \
    ENTRY(methodsCommand)       \
    ENTRY(metricsCommand)       \
    ENTRY(modelsCommand)        \
    ENTRY(modelCommand)         \
    ENTRY(predictCommand)       \
    ENTRY(explainCommand)       \
    ENTRY(compareCommand)       \
    ENTRY(measureCommand)       \
    ENTRY(evaluateCommand)

namespace discern {

DISCERN_REGISTRY(Command, commands, DISCERN_COMMANDS)

}  // namespace discern
