#include "core/text/csv_rows.h"

#include <algorithm>

namespace discern {

namespace {

/// Takes a value that begins with a quote at `at`; false where it never ends.
bool takeQuoted(std::string_view text, std::size_t& at, std::string& value) {
    ++at;
    while (at < text.size()) {
        if (text[at] != '"') {
            value += text[at++];
        } else if (at + 1 < text.size() && text[at + 1] == '"') {
            value += '"';
            at += 2;
        } else {
            ++at;
            return true;
        }
    }
    return false;
}

/// Takes the value at `at`, up to the comma or line end that follows it.
bool takeValue(std::string_view text, std::size_t& at, std::string& value) {
    const bool closed = at >= text.size() || text[at] != '"' || takeQuoted(text, at, value);
    while (at < text.size() && text[at] != ',' && text[at] != '\n' && text[at] != '\r') value += text[at++];
    return closed;
}

}  // namespace

std::vector<CsvRow> csvRows(std::string_view text) {
    if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
    std::vector<CsvRow> rows;
    std::size_t at = 0;
    for (std::size_t number = 1; at < text.size(); ++number) {
        CsvRow row{number, {}};
        bool more = true;
        while (more) {
            std::string value;
            row.closed = takeValue(text, at, value) && row.closed;
            row.values.push_back(std::move(value));
            more = at < text.size() && text[at] == ',';
            if (more) ++at;
        }
        if (at < text.size()) at += text.substr(at).starts_with("\r\n") ? 2 : 1;
        const bool blank =
            row.closed && row.values.size() == 1 && row.values[0].find_first_not_of(" \t") == std::string::npos;
        if (!blank) rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace discern
