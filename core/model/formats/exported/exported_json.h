#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

namespace discern {

/// What is wrong with a file's own words; whoever reads the file adds which it is, and that it is damaged.
struct ExportedDamage : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// JSON of a bounded depth and number of values, without what is kept for debugging alone. Throws ExportedDamage.
[[nodiscard]] nlohmann::json parseExported(const std::string& text);

/// Fields of an object, and values of their kinds. All throw ExportedDamage that names the field.
[[nodiscard]] const nlohmann::json& field(const nlohmann::json& object, const char* name);
[[nodiscard]] std::int64_t wholeOf(const nlohmann::json& value, const char* name);
/// Infinite and undefined numbers are written as words.
[[nodiscard]] double numberOf(const nlohmann::json& value, const char* name);
[[nodiscard]] bool flagOf(const nlohmann::json& value, const char* name);
[[nodiscard]] const std::string& textOf(const nlohmann::json& value, const char* name);
[[nodiscard]] const nlohmann::json& listOf(const nlohmann::json& value, const char* name);

/// The one entry of an object that stands for a choice ({"as_int": 3}): its key and its value.
[[nodiscard]] nlohmann::json::const_iterator choiceOf(const nlohmann::json& value, const char* name);

}  // namespace discern
