#include "core/text/csv.h"

namespace discern {

namespace {

std::string quoted(const std::string& value) {
    if (value.find_first_of(",\"\r\n") == std::string::npos) {
        return value;
    }
    std::string safe = "\"";
    for (const char c : value) {
        safe += c == '"' ? "\"\"" : std::string(1, c);
    }
    return safe + "\"";
}

}  // namespace

std::string csvLine(const std::vector<std::string>& values) {
    std::string text;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i > 0) {
            text += ',';
        }
        text += quoted(values[i]);
    }
    return text + "\r\n";
}

}  // namespace discern
