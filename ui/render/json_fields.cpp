#include "ui/render/json_fields.h"

namespace discern::fields {

using nlohmann::json;

const json& field(const json& object, const char* name) {
    static const json nothing;
    if (!object.is_object())
        return nothing;
    const auto it = object.find(name);
    return it == object.end() ? nothing : *it;
}

QString text(const json& object, const char* name, const QString& fallback) {
    const json& given = field(object, name);
    return given.is_string() ? QString::fromStdString(given.get_ref<const std::string&>()) : fallback;
}

bool flag(const json& object, const char* name, bool fallback) {
    const json& given = field(object, name);
    return given.is_boolean() ? given.get<bool>() : fallback;
}

double real(const json& object, const char* name, double fallback, double low, double high) {
    const json& given = field(object, name);
    const double number = given.is_number() ? given.get<double>() : fallback;
    return number >= low && number <= high ? number : fallback;
}

int integer(const json& object, const char* name, int fallback, int low, int high) {
    const json& given = field(object, name);
    if (!given.is_number_integer())
        return fallback;
    return static_cast<int>(real(object, name, fallback, low, high));
}

}  // namespace discern::fields
