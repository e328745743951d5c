#pragma once

#include <QString>
#include <array>
#include <nlohmann/json.hpp>

namespace discern {

/// Fields of JSON that anybody may have written: each is taken where it is what it should be, else it is the fallback.
namespace fields {

/// Null where `object` is no object or has no such field.
[[nodiscard]] const nlohmann::json& field(const nlohmann::json& object, const char* name);
[[nodiscard]] QString text(const nlohmann::json& object, const char* name, const QString& fallback = {});
[[nodiscard]] bool flag(const nlohmann::json& object, const char* name, bool fallback);
[[nodiscard]] double real(const nlohmann::json& object, const char* name, double fallback, double low, double high);
[[nodiscard]] int integer(const nlohmann::json& object, const char* name, int fallback, int low, int high);

/// The place of the field's word among those of an enumeration, as its value.
template <class Enum, std::size_t Count>
[[nodiscard]] Enum word(const nlohmann::json& object, const char* name, const std::array<const char*, Count>& words,
                        Enum fallback) {
    const nlohmann::json& given = field(object, name);
    for (std::size_t i = 0; i < Count; ++i)
        if (given.is_string() && given.get_ref<const std::string&>() == words[i])
            return static_cast<Enum>(i);
    return fallback;
}

}  // namespace fields

}  // namespace discern
