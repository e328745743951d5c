#include "core/model/labels.h"

#include <charconv>
#include <nlohmann/json.hpp>

#include "core/error.h"
#include "core/store/files.h"

namespace discern {
namespace {

using nlohmann::json;

constexpr std::uintmax_t kMaxBytes = 64u << 20;
constexpr std::size_t kMaxLabels = 1'000'000;

[[noreturn]] void refuse(const std::filesystem::path& file, const std::string& what) {
    throw Error(ErrorKind::Input, file.string() + " names no classes: " + what +
                                      "; give a text file with one name a line, or a JSON list of names.");
}

std::string trimmed(std::string line) {
    line.erase(line.find_last_not_of(" \t\r") + 1);
    line.erase(0, line.find_first_not_of(" \t"));
    return line;
}

std::vector<std::string> linesOf(const std::string& text, const std::filesystem::path& file) {
    std::vector<std::string> lines;
    for (std::size_t from = 0; from < text.size();) {
        const std::size_t end = std::min(text.find('\n', from), text.size());
        lines.push_back(trimmed(text.substr(from, end - from)));
        from = end + 1;
    }
    while (!lines.empty() && lines.back().empty()) lines.pop_back();
    for (std::size_t i = 0; i < lines.size(); ++i)
        if (lines[i].empty()) refuse(file, "line " + grouped(i + 1) + " is empty");
    return lines;
}

/// "tench", or ["n01440764", "tench"].
std::string nameIn(const json& entry, const std::string& place, const std::filesystem::path& file) {
    const json& name = entry.is_array() && !entry.empty() ? entry.back() : entry;
    if (!name.is_string()) refuse(file, "entry " + place + " is no text");
    return name.get<std::string>();
}

std::vector<std::string> namesIn(const json& object, const std::filesystem::path& file) {
    std::vector<std::string> names(object.size());
    std::vector<bool> there(object.size());
    for (const auto& [key, entry] : object.items()) {
        std::size_t index = object.size();
        const auto [end, failure] = std::from_chars(key.data(), key.data() + key.size(), index);
        if (failure != std::errc{} || end != key.data() + key.size() || index >= object.size() || there[index])
            refuse(file, "its keys are not the indices 0 to " + grouped(object.size() - 1));
        there[index] = true;
        names[index] = nameIn(entry, key, file);
    }
    return names;
}

std::vector<std::string> entriesOf(const std::string& text, const std::filesystem::path& file) {
    const json document = json::parse(text, nullptr, false);
    if (document.is_discarded()) refuse(file, "it is broken JSON");
    if (document.is_object() && !document.empty()) return namesIn(document, file);
    if (!document.is_array()) refuse(file, "its JSON is no list");
    std::vector<std::string> names;
    for (const json& entry : document) names.push_back(nameIn(entry, std::to_string(names.size()), file));
    return names;
}

bool isJson(const std::string& text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    return first != std::string::npos && (text[first] == '[' || text[first] == '{');
}

bool isUtf8(const std::string& text) {
    return json(text).dump(-1, ' ', false, json::error_handler_t::replace) ==
           json(text).dump(-1, ' ', false, json::error_handler_t::ignore);
}

}  // namespace

std::vector<std::string> readLabels(const std::filesystem::path& file) {
    std::string text = readFile(file, kMaxBytes);
    if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
    if (text.find('\0') != std::string::npos || !isUtf8(text)) refuse(file, "it is no text in UTF-8");
    std::vector<std::string> names = isJson(text) ? entriesOf(text, file) : linesOf(text, file);
    if (names.empty()) refuse(file, "it is empty");
    if (names.size() > kMaxLabels)
        refuse(file, "it has " + grouped(names.size()) + " entries, more than " + grouped(kMaxLabels));
    return names;
}

}  // namespace discern
