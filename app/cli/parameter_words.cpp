#include "app/cli/parameter_words.h"

#include <spdlog/fmt/fmt.h>

#include "core/explain/method_words.h"

namespace discern {

nlohmann::json parameterRecord(const Parameter& parameter) {
    nlohmann::json record = {{"name", parameter.name},
                             {"kind", word(parameter.kind)},
                             {"default", parameter.defaultValue},
                             {"help", parameter.help},
                             {"advanced", parameter.advanced}};
    if (parameter.kind == ParameterKind::Integer || parameter.kind == ParameterKind::Real) {
        record["minimum"] = parameter.minimum;
        record["maximum"] = parameter.maximum;
    }
    if (!parameter.choices.empty()) {
        record["choices"] = parameter.choices;
    }
    return record;
}

std::string parameterInWords(const Parameter& parameter) {
    const std::string range = rangeOf(parameter);
    return fmt::format("      {}={}  {}{}", parameter.name, parameter.defaultValue, parameter.help,
                       range.empty() ? "" : " (" + range + ")");
}

}  // namespace discern
