#pragma once

#include <vector>

#include "core/evaluate/answers.h"

namespace discern {

/// The part of a confusion table that is worth showing.
struct ConfusedClasses {
    cv::Mat counts;            ///< the whole table: confusion()
    std::vector<int> rows{};   ///< classes that occur or are answered, rising; those with the most errors where there are many
    std::size_t columns = 0;   ///< how many of `rows` are the model's: these come first, and are the columns
    std::size_t hidden = 0;    ///< classes that were left out for want of room

    /// Images of a class.
    [[nodiscard]] double of(int truth) const { return cv::sum(counts.row(truth))[0]; }
};

/// `most` classes at most. For models that choose one class.
[[nodiscard]] ConfusedClasses confusedClasses(const Labelled& labelled, std::size_t most);

}  // namespace discern
