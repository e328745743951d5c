#include "core/text/natural_order.h"

#include <algorithm>
#include <cstddef>

namespace discern {

namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }

unsigned char folded(char c) { return static_cast<unsigned char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c); }

/// Takes the digits that `text` begins with at `at`, without leading zeros.
std::string_view digits(std::string_view text, std::size_t& at) {
    while (at < text.size() && text[at] == '0') ++at;
    const std::size_t start = at;
    while (at < text.size() && isDigit(text[at])) ++at;
    return text.substr(start, at - start);
}

}  // namespace

bool naturalLess(std::string_view a, std::string_view b) {
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < a.size() && j < b.size()) {
        if (isDigit(a[i]) && isDigit(b[j])) {
            const std::string_view m = digits(a, i);
            const std::string_view n = digits(b, j);
            if (m.size() != n.size()) return m.size() < n.size();
            if (m != n) return m < n;
        } else {
            if (folded(a[i]) != folded(b[j])) return folded(a[i]) < folded(b[j]);
            ++i;
            ++j;
        }
    }
    const bool aEnds = i == a.size();
    const bool bEnds = j == b.size();
    return aEnds != bEnds ? aEnds : a < b;
}

}  // namespace discern
