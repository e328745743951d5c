#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/choose/board.h"

namespace discern {

inline constexpr double kHighestWeight = 5.0;

/// A model's place.
struct Ranked {
    std::size_t model = 0;      ///< place in the board's models
    int rank = 1;               ///< equal models share theirs: 1, 1, 3
    double utility = 0.0;       ///< weighted mean of its scaled values, about 0..1
    double firstInDraws = 0.0;  ///< share of the bootstrap draws in which it comes first; equals share a draw
};

struct Ranking {
    std::vector<Ranked> order;  ///< best first; equals by name
    bool decided = false;       ///< false where no criterion with a weight tells the models apart
    std::vector<std::string>
        notes{};  ///< sentences: what counted as the worst for want of a value, what decides nothing
};

/// Ranks the models of a board by weights.
///
/// Each criterion is scaled along a line so that the worst model's value is 0 and the best one's 1, whatever the unit.
/// Where the models lie closer together than their intervals are wide (on average), the mean interval takes the place
/// of their distance and they stand around 0.5: a difference that another sample of images would turn round cannot
/// decide as much as a sure one. So it is with complexity and cost, which have no interval, where they differ by less
/// than a fifth of the largest value. A missing value counts as the worst, in every draw. A criterion in which no two
/// models differ counts for all alike. The scale stays the same in all draws; a drawn value may lie beyond 0..1.
///
/// The scaled draws are worked out once, here; a ranking costs a multiplication for each model, criterion with a weight
/// and draw, so that every move of a slider is ranked over all draws.
class Ranker {
public:
    explicit Ranker(std::shared_ptr<const Board> board);

    /// One weight a criterion, 0..kHighestWeight. Throws Error(Usage) for another number of them or other values.
    [[nodiscard]] Ranking rank(const std::vector<double>& weights) const;

    [[nodiscard]] const Board& board() const { return *board_; }
    /// A model's value on the criterion's scale: 0 worst, 1 best.
    [[nodiscard]] double scaled(std::size_t model, std::size_t criterion) const { return scaled_[criterion][model]; }

private:
    struct Scale {
        double zero = 0.0;  ///< the value that scales to 0
        double span = 0.0;  ///< from there to 1, negative where lower is better; 0: no model differs
    };
    [[nodiscard]] Scale scaleOf(std::size_t criterion) const;
    [[nodiscard]] std::vector<std::string> notes(const std::vector<double>& weights) const;
    [[nodiscard]] std::vector<double> firstInDraws(const std::vector<double>& weights) const;

    std::shared_ptr<const Board> board_;
    std::vector<std::vector<double>> scaled_;             ///< criterion, model
    std::vector<std::vector<std::vector<float>>> draws_;  ///< criterion, model, draw; empty: `scaled_` in each
};

}  // namespace discern
