#include <spdlog/fmt/fmt.h>

#include "app/cli/command.h"
#include "core/explain/method.h"

namespace discern {

namespace {

using nlohmann::json;

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

json toJson(const Parameter& parameter) {
    json record = {{"name", parameter.name},
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

json toJson(const Method& method) {
    json parameters = json::array();
    for (const Parameter& parameter : method.parameters) {
        parameters.push_back(toJson(parameter));
    }
    return {{"name", method.name},         {"title", method.title},     {"family", word(method.family)},
            {"tells", method.tells},       {"limits", method.limits},   {"source", method.source},
            {"score", word(method.score)}, {"layer", method.usesLayer}, {"parameters", parameters}};
}

std::string rangeOf(const Parameter& parameter) {
    if (!parameter.choices.empty()) {
        return fmt::format(" ({})", fmt::join(parameter.choices, ", "));
    }
    const bool number = parameter.kind == ParameterKind::Integer || parameter.kind == ParameterKind::Real;
    return number ? fmt::format(" ({:g} to {:g})", parameter.minimum, parameter.maximum) : "";
}

void print(const Method& method, Console& console) {
    console.print(fmt::format("{}  {}, {}", method.name, method.title, word(method.family)));
    console.print("    " + method.tells);
    console.print("    " + method.limits);
    console.print(fmt::format("    Explains the {}{}. Source: {}", word(method.score),
                              method.usesLayer ? " at a layer (--layer)" : "", method.source));
    for (const Parameter& parameter : method.parameters) {
        console.print(fmt::format("      {}={}  {}{}", parameter.name, parameter.defaultValue, parameter.help,
                                  rangeOf(parameter)));
    }
    console.print();
}

void list(Console& console) {
    json all = json::array();
    for (const Method& method : methods()) {
        print(method, console);
        all.push_back(toJson(method));
    }
    console.printJson(all);
}

}  // namespace

CommandRun declareMethods(CLI::App&) { return &list; }

}  // namespace discern
