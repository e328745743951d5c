#pragma once

#include <cstdint>
#include <functional>
#include <opencv2/core.hpp>
#include <string>
#include <vector>

#include "core/explain/method.h"

namespace discern {

/// Watches the order of an estimate's largest values while it is refined.
class Stability {
public:
    Stability(int k, std::int64_t fewest) : k_(k), fewest_(fewest) {}

    /// Adds the estimate after `evaluations`, counted upwards.
    void see(std::int64_t evaluations, const std::vector<double>& values);

    /// True where the order of the k largest has not changed over the last quarter of the evaluations, and at least
    /// `fewest` were spent.
    [[nodiscard]] bool stable() const;
    /// "top 5 stable" or "top 5 not stable yet".
    [[nodiscard]] std::string text() const;

private:
    int k_;
    std::int64_t fewest_;
    std::vector<int> order_;
    std::int64_t since_ = 0;
    std::int64_t evaluations_ = 0;
};

/// When sampling ends: with its budget or, where the parameter `stop` says so, once the order of every target's five
/// largest values is stable. Looks after given numbers of evaluations, not by the clock: what is found must not depend
/// on the machine's speed.
class StopRule {
public:
    /// One target's estimate, of which the largest values matter.
    using Estimate = std::function<std::vector<double>(std::size_t target)>;

    StopRule(const Parameters& parameters, std::size_t targets, std::int64_t budget, std::int64_t fewest = kFewest);

    /// Whether to go on after this many evaluations; asks for the estimates only when a look is due.
    [[nodiscard]] bool goOn(std::int64_t evaluations, const Estimate& estimate);

    /// What is known of the order of a target's largest values, now that they are `values`.
    [[nodiscard]] std::string text(std::size_t target, std::int64_t evaluations,
                                   const std::vector<double>& values) const;

    static constexpr std::int64_t kFewest = 256;

private:
    std::int64_t budget_;
    std::int64_t fewest_;
    bool mayStop_;
    std::int64_t nextLook_;
    std::vector<Stability> targets_;
};

/// The parameter that StopRule reads.
[[nodiscard]] Parameter stopParameter();

/// Indices of the k largest values, falling; of equal ones the first comes first, NaN comes last.
[[nodiscard]] std::vector<int> topIndices(const std::vector<double>& values, int k);

/// Mean over each cell of a grid laid over a map: in these the order of places is looked at.
[[nodiscard]] std::vector<double> cellMeans(const cv::Mat& map, cv::Size grid);

}  // namespace discern
