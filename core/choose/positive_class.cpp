#include <algorithm>
#include <array>

#include "core/choose/evaluation_board.h"
#include "core/evaluate/normal_text.h"

namespace discern {

namespace {

/// Whether a label says that nothing was found, by itself ("normal", "no finding") or of the other ("nonlesion").
bool saysNothingFound(const std::string& label, const std::string& other) {
    constexpr std::array kNegative = {"normal", "negative", "neg",     "healthy", "benign",  "clear",      "control",
                                      "none",   "no",       "non",     "not",     "without", "absent",     "absence",
                                      "naevus", "nevus",    "controls", "false",  "0",       "background", "unaffected"};
    const std::string first = normalText(label.substr(0, label.find_first_of(" _-.", 1)));
    if (std::ranges::find(kNegative, first) != kNegative.end()) return true;
    const std::string words = normalText(label);
    const std::string found = normalText(other);
    for (const char* start : {"non", "un", "no", "not"})
        if (words == start + found) return true;
    return words == found + "free" || words == found + "negative";
}

}  // namespace

int positiveClass(const std::vector<std::string>& labels) {
    if (labels.size() != 2) return -1;
    return saysNothingFound(labels[1], labels[0]) && !saysNothingFound(labels[0], labels[1]) ? 0 : 1;
}

}  // namespace discern
