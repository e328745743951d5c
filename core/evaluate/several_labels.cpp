#include "core/evaluate/several_labels.h"

#include <algorithm>
#include <set>

#include "core/text/natural_order.h"

namespace discern {

namespace {

constexpr char kBetween = ';';

std::string trimmed(const std::string& text) {
    const std::size_t start = text.find_first_not_of(" \t\r\n");
    return start == std::string::npos ? "" : text.substr(start, text.find_last_not_of(" \t\r\n") - start + 1);
}

void collectLabels(LabelledSet& set) {
    const auto less = [](const std::string& a, const std::string& b) { return naturalLess(a, b); };
    std::set<std::string, decltype(less)> labels(less);
    for (const LabelledImage& image : set.images)
        for (const std::string& label : labelsIn(image.label)) labels.insert(label);
    set.labels.assign(labels.begin(), labels.end());
}

}  // namespace

std::vector<std::string> labelsIn(const std::string& text) {
    std::vector<std::string> labels;
    for (std::size_t start = 0; start <= text.size();) {
        const std::size_t end = std::min(text.find(kBetween, start), text.size());
        const std::string label = trimmed(text.substr(start, end - start));
        if (!label.empty() && std::ranges::find(labels, label) == labels.end()) labels.push_back(label);
        start = end + 1;
    }
    return labels;
}

std::string labelText(const std::vector<std::string>& labels) {
    std::string text;
    for (const std::string& label : labels) text += (text.empty() ? "" : std::string(1, kBetween)) + label;
    return text;
}

LabelledSet withSeveralLabels(LabelledSet set) {
    set.several = true;
    collectLabels(set);
    return set;
}

LabelledSet withOneLabel(LabelledSet set) {
    if (!set.several) return set;
    std::erase_if(set.images, [&](const LabelledImage& image) {
        const std::size_t count = labelsIn(image.label).size();
        if (count != 1)
            set.excluded.push_back({image.file, count == 0 ? "has no label, and a model that chooses one class needs one"
                                                           : "has several labels, of which a model that chooses one class can give one only"});
        return count != 1;
    });
    set.several = false;
    collectLabels(set);
    return set;
}

}  // namespace discern
