#include "core/evaluate/normal_text.h"

namespace discern {

namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }

bool isBetweenWords(char c) {
    return std::string_view(" \t\r\n_-.,;:'\"()[]{}/\\|`").find(c) != std::string_view::npos;
}

/// A letter of two bytes in UTF-8 in lower case: Latin-1, Greek and Cyrillic without rarer marks.
unsigned lowerLetter(unsigned code) {
    const bool latin = code >= 0xc0 && code <= 0xde && code != 0xd7;
    const bool greek = code >= 0x391 && code <= 0x3a9;
    const bool cyrillic = code >= 0x410 && code <= 0x42f;
    if (latin || greek || cyrillic) return code + 0x20;
    return code >= 0x400 && code <= 0x40f ? code + 0x50 : code;
}

}  // namespace

std::string normalText(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    std::string normal;
    char between = '\0';
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        const bool sign = c == '-' && (at + 1 == text.size() || (at == 0 && isDigit(text[1])));
        if (isBetweenWords(c) && !(sign && text.size() > 1)) {
            between = c == '.' && between == '\0' ? '.' : ' ';
            continue;
        }
        if (between != '\0' && !normal.empty() && isDigit(normal.back()) && isDigit(c)) normal += between;
        between = '\0';
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xe0) == 0xc0 && at + 1 < text.size()) {
            const unsigned code = lowerLetter((byte & 0x1fu) << 6 | (static_cast<unsigned char>(text[++at]) & 0x3fu));
            normal += static_cast<char>(0xc0u | code >> 6);
            normal += static_cast<char>(0x80u | (code & 0x3fu));
        } else {
            normal += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
    }
    return normal;
}

}  // namespace discern
