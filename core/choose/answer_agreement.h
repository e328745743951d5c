#pragma once

#include <cstddef>
#include <vector>

#include "core/evaluate/evaluation.h"

namespace discern {

/// How far models give the same answers, right or wrong: as labels of the set where they are matched with one, as the
/// models' own classes elsewhere. Of several labels an image all that are given are the answer.
class AnswerAgreement {
public:
    explicit AnswerAgreement(const Evaluation& evaluation);

    /// Of the images that both answered, the share that they answer alike; NaN where there are none.
    [[nodiscard]] double share(std::size_t one, std::size_t other) const;
    /// Images that both answered.
    [[nodiscard]] std::size_t images(std::size_t one, std::size_t other) const;
    /// Places of the images that both answered, each otherwise; rising.
    [[nodiscard]] std::vector<std::size_t> apart(std::size_t one, std::size_t other) const;

private:
    std::vector<std::vector<int>> answers_;  ///< model, image: a number for each answer; -1: none
};

}  // namespace discern
