#include "core/text/near_names.h"

#include <algorithm>
#include <numeric>

namespace discern {
namespace {

std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

/// Levenshtein's distance.
std::size_t distance(const std::string& a, const std::string& b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, changed});
        }
    }
    return row[b.size()];
}

}  // namespace

std::string nearNames(const std::string& word, const std::vector<std::string>& names) {
    const std::string wanted = lower(word);
    std::vector<std::pair<std::size_t, std::string>> near;
    for (const std::string& name : names) {
        const std::string other = lower(name);
        const bool contains = !wanted.empty() && other.find(wanted) != std::string::npos;
        const std::size_t far = contains ? 0 : distance(wanted, other);
        if (far <= (wanted.size() + 1) / 3) near.emplace_back(far, name);
    }
    std::ranges::stable_sort(near, {}, &std::pair<std::size_t, std::string>::first);
    near.resize(std::min<std::size_t>(near.size(), 3));
    std::string text;
    for (std::size_t i = 0; i < near.size(); ++i)
        text += (i == 0 ? " Did you mean " : i + 1 == near.size() ? " or " : ", ") + near[i].second;
    return text.empty() ? text : text + "?";
}

}  // namespace discern
