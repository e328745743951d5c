#include "core/explain/method_words.h"

#include <spdlog/fmt/fmt.h>

namespace discern {

const char* word(Family family) {
    switch (family) {
        case Family::Gradient:
            return "gradient";
        case Family::ActivationMap:
            return "activation map";
        case Family::Perturbation:
            return "perturbation";
        case Family::Attention:
            break;
    }
    return "attention";
}

const char* word(ScoreKind score) { return score == ScoreKind::Logit ? "logit" : "probability"; }

const char* word(ParameterKind kind) {
    switch (kind) {
        case ParameterKind::Integer:
            return "integer";
        case ParameterKind::Real:
            return "real";
        case ParameterKind::Choice:
            return "choice";
        case ParameterKind::Flag:
            return "flag";
        case ParameterKind::File:
            return "file";
        case ParameterKind::Text:
            break;
    }
    return "text";
}

std::string rangeOf(const Parameter& parameter) {
    if (!parameter.choices.empty()) return fmt::format("{}", fmt::join(parameter.choices, ", "));
    const bool number = parameter.kind == ParameterKind::Integer || parameter.kind == ParameterKind::Real;
    return number ? fmt::format("{} to {}", parameter.minimum, parameter.maximum) : "";
}

std::string tableRow(const Parameter& parameter) {
    const std::string range = rangeOf(parameter);
    return fmt::format("| `{}` | {} | {} | {} |\n", parameter.name,
                       parameter.defaultValue.empty() ? "" : "`" + parameter.defaultValue + "`",
                       range.empty() ? word(parameter.kind) : range, parameter.help);
}

}  // namespace discern
