#include "core/model/formats/exported/exported_json.h"

#include <limits>

namespace discern {
namespace {

using Json = nlohmann::json;

constexpr int kDeepest = 64;
constexpr std::size_t kMostValues = 4'000'000;  ///< about ten times what the largest networks have

[[noreturn]] void refuse(const char* name, const char* wanted) {
    throw ExportedDamage(std::string("its field ") + name + " is no " + wanted);
}

}  // namespace

Json parseExported(const std::string& text) {
    std::size_t values = 0;
    const auto keep = [&](int depth, Json::parse_event_t event, Json& parsed) {
        if (depth > kDeepest) throw ExportedDamage("its graph is nested too deeply");
        if (++values > 2 * kMostValues) throw ExportedDamage("its graph is larger than that of any sensible network");
        return event != Json::parse_event_t::key || (parsed != "stack_trace" && parsed != "from_node");
    };
    try {
        return Json::parse(text, keep);
    } catch (const Json::exception&) {
        throw ExportedDamage("its graph is no JSON");
    }
}

const Json& field(const Json& object, const char* name) {
    const auto found = object.find(name);
    if (!object.is_object() || found == object.end())
        throw ExportedDamage(std::string("its graph lacks the field ") + name);
    return *found;
}

std::int64_t wholeOf(const Json& value, const char* name) {
    if (!value.is_number_integer()) refuse(name, "whole number");
    if (value.is_number_unsigned() &&
        value.get<std::uint64_t>() > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
        refuse(name, "number of 64 bits");
    return value.get<std::int64_t>();
}

double numberOf(const Json& value, const char* name) {
    if (value.is_number()) return value.get<double>();
    if (value == "Infinity") return std::numeric_limits<double>::infinity();
    if (value == "-Infinity") return -std::numeric_limits<double>::infinity();
    if (value == "NaN") return std::numeric_limits<double>::quiet_NaN();
    refuse(name, "number");
}

bool flagOf(const Json& value, const char* name) {
    if (!value.is_boolean()) refuse(name, "yes or no");
    return value.get<bool>();
}

const std::string& textOf(const Json& value, const char* name) {
    if (!value.is_string()) refuse(name, "text");
    return value.get_ref<const std::string&>();
}

const Json& listOf(const Json& value, const char* name) {
    if (!value.is_array()) refuse(name, "list");
    return value;
}

Json::const_iterator choiceOf(const Json& value, const char* name) {
    if (!value.is_object() || value.size() != 1) refuse(name, "single value");
    return value.cbegin();
}

}  // namespace discern
