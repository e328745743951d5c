#include "core/explain/method.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <optional>

#include "core/error.h"

namespace discern {
namespace {

template <typename Number>
std::optional<Number> parsed(const std::string& text) {
    Number value{};
    const char* const last = text.data() + text.size();
    const auto [end, failure] = std::from_chars(text.data(), last, value);
    if (failure != std::errc{} || end != last) return std::nullopt;
    return value;
}

std::string joined(const std::vector<std::string>& words) {
    std::string list;
    for (const std::string& word : words) list += (list.empty() ? "" : ", ") + word;
    return list;
}

/// What the parameter takes, in words; for messages.
std::string takes(const Parameter& spec) {
    const bool bounded = spec.minimum < spec.maximum;
    const std::string range = bounded ? fmt::format(" from {} to {}", spec.minimum, spec.maximum) : "";
    switch (spec.kind) {
        case ParameterKind::Integer:
            return "a whole number" + range;
        case ParameterKind::Real:
            return "a number" + range;
        case ParameterKind::Flag:
            return "true or false";
        case ParameterKind::Choice:
            return "one of " + joined(spec.choices);
        case ParameterKind::File:
            return "a file";
        case ParameterKind::Text:
            break;
    }
    return "text";
}

/// The value in its one spelling, or nothing where the parameter does not take it.
std::optional<std::string> accepted(const Parameter& spec, const std::string& value) {
    const auto inRange = [&](double number) {
        return spec.minimum >= spec.maximum || (number >= spec.minimum && number <= spec.maximum);
    };
    switch (spec.kind) {
        case ParameterKind::Integer: {
            const auto number = parsed<int>(value);
            return number && inRange(*number) ? std::optional(fmt::format("{}", *number)) : std::nullopt;
        }
        case ParameterKind::Real: {
            const auto number = parsed<double>(value);
            const bool fits = number && std::isfinite(*number) && inRange(*number);
            return fits ? std::optional(fmt::format("{}", *number)) : std::nullopt;
        }
        case ParameterKind::Flag:
            if (value == "true" || value == "1" || value == "yes" || value == "on") return "true";
            if (value == "false" || value == "0" || value == "no" || value == "off") return "false";
            return std::nullopt;
        case ParameterKind::Choice:
            return std::count(spec.choices.begin(), spec.choices.end(), value) ? std::optional(value) : std::nullopt;
        case ParameterKind::Text:
        case ParameterKind::File:
            break;
    }
    return value;
}

}  // namespace

bool Parameter::namesFile(const std::string& value) const {
    if (value.empty() || value == defaultValue) return false;
    return kind == ParameterKind::File || (isWord != nullptr && !isWord(value));
}

std::string whyRefused(const Parameter& parameter, const std::string& value) {
    if (value.empty() || value == parameter.defaultValue) return {};
    if (!accepted(parameter, value)) return fmt::format("'{}' does not fit; give {}.", value, takes(parameter));
    std::error_code failure;
    if (parameter.namesFile(value) && !std::filesystem::exists(value, failure))
        return parameter.kind == ParameterKind::File
                   ? fmt::format("There is no file '{}'.", value)
                   : fmt::format("'{}' is neither a word that {} takes nor a file that is there.", value, parameter.name);
    const std::string reason = parameter.refusal != nullptr ? parameter.refusal(value) : std::string();
    return reason.empty() ? reason : fmt::format("'{}' {}.", value, reason);
}

std::int64_t askedEvaluations(const Method& method, const Parameters& parameters, const Model& model,
                              const LayerInfo* layer) {
    for (const Parameter& parameter : method.parameters)
        if (parameter.counts) return parameters.integer(parameter.name);
    return method.evaluations != nullptr ? method.evaluations(parameters, model, layer) : 1;
}

Parameters::Parameters(const std::vector<Parameter>& specs, const std::map<std::string, std::string>& given,
                       const std::string& method) {
    std::vector<std::string> names;
    for (const Parameter& spec : specs) {
        values_[spec.name] = accepted(spec, spec.defaultValue).value_or(spec.defaultValue);
        names.push_back(spec.name);
    }
    for (const auto& [name, value] : given) {
        const auto spec = std::find_if(specs.begin(), specs.end(), [&](const Parameter& p) { return p.name == name; });
        if (spec == specs.end())
            throw Error(ErrorKind::Usage,
                        specs.empty()
                            ? fmt::format("{} has no parameter '{}': it takes none.", method, name)
                            : fmt::format("{} has no parameter '{}': it takes {}.", method, name, joined(names)));
        const auto clean = accepted(*spec, value);
        if (!clean)
            throw Error(ErrorKind::Usage,
                        fmt::format("{}: {}={} does not fit; give {}.", method, name, value, takes(*spec)));
        values_[name] = *clean;
    }
}

int Parameters::integer(const std::string& name) const { return parsed<int>(values_.at(name)).value(); }

double Parameters::real(const std::string& name) const { return parsed<double>(values_.at(name)).value(); }

bool Parameters::flag(const std::string& name) const { return values_.at(name) == "true"; }

const std::string& Parameters::text(const std::string& name) const { return values_.at(name); }

const Method& findMethod(const std::string& name) {
    std::vector<std::string> names;
    for (const Method& method : methods()) {
        if (method.name == name) return method;
        names.push_back(method.name);
    }
    throw Error(ErrorKind::Usage, fmt::format("There is no method '{}'; there are: {}.", name, joined(names)));
}

}  // namespace discern
