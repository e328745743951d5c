#pragma once

#include <limits>
#include <string>
#include <vector>

namespace discern {

enum class CriterionGroup { Performance, Trust, Complexity, Cost };

/// What models are compared by.
struct Criterion {
    std::string name{};   ///< e.g. "balanced_accuracy", "mass_lift.grad_cam"
    std::string title{};  ///< e.g. "balanced accuracy"
    std::string unit{};   ///< e.g. "%", "ms", "× chance"; empty: none
    std::string tells{};  ///< one sentence
    CriterionGroup group = CriterionGroup::Performance;
    bool higherIsBetter = true;
    double chance = std::numeric_limits<double>::quiet_NaN();  ///< what knows nothing would have; NaN: no such value
    std::string method{};                                      ///< of Trust: the explanation method, e.g. "grad_cam"
};

/// A model by one criterion.
struct BoardValue {
    double value = std::numeric_limits<double>::quiet_NaN();  ///< NaN where undefined or not measured
    double low = std::numeric_limits<double>::quiet_NaN();    ///< 95 % interval; NaN where there is none
    double high = std::numeric_limits<double>::quiet_NaN();
    std::vector<float> draws{};  ///< in each bootstrap draw, the same draws for all models; empty: `value` in each
    std::string undefined{};     ///< why there is no value
    std::size_t images = 0;      ///< that it is the share or mean of; 0 where it is of none
    double chance = std::numeric_limits<double>::quiet_NaN();  ///< what knows nothing would have with this model
};

struct BoardModel {
    std::string name{};
    std::string digest{};
    std::vector<BoardValue> values{};  ///< one a criterion
};

/// Whether a value is no better than what knows nothing; never where either is not known.
[[nodiscard]] inline bool noBetterThanChance(const Criterion& criterion, const BoardValue& value) {
    return criterion.higherIsBetter ? value.value <= value.chance : value.value >= value.chance;
}

/// Models x criteria: all that a choice is made from.
struct Board {
    std::vector<Criterion> criteria;
    std::vector<BoardModel> models;
    std::size_t draws = 0;
    std::vector<std::string> measuredOn{};   ///< in words, e.g. "confounded, 200 images, 2 classes"
    std::vector<std::string> notMeasured{};  ///< in words, e.g. "training cost"
    std::vector<std::string> cautions{};     ///< sentences: why the scores mean less than they seem to
    std::vector<std::string> notes{};        ///< sentences: what was left out, and of whom
    /// McNemar's p of each pair of models: models x models, 1 on the diagonal; empty where none were tested.
    std::vector<std::vector<double>> mcnemar{};
};

}  // namespace discern
