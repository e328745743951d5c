#include "core/choose/confused_classes.h"

#include <algorithm>

#include "core/evaluate/class_figures.h"

namespace discern {

ConfusedClasses confusedClasses(const Labelled& labelled, std::size_t most) {
    ConfusedClasses part{confusion(labelled, equalWeights(labelled))};
    const auto given = [&](int c) { return c < part.counts.cols ? cv::sum(part.counts.col(c))[0] : 0.0; };
    const auto wrong = [&](int c) {
        const double right = c < part.counts.cols ? part.counts.at<double>(c, c) : 0.0;
        return part.of(c) + given(c) - 2.0 * right;
    };
    for (int c = 0; c < part.counts.rows; ++c)
        if (part.of(c) > 0.0 || given(c) > 0.0) part.rows.push_back(c);
    if (part.rows.size() > most) {
        part.hidden = part.rows.size() - most;
        std::ranges::stable_sort(part.rows, std::ranges::greater(), wrong);
        part.rows.resize(most);
        std::ranges::sort(part.rows);
    }
    part.columns = static_cast<std::size_t>(std::ranges::count_if(part.rows, [&](int c) { return c < part.counts.cols; }));
    return part;
}

}  // namespace discern
