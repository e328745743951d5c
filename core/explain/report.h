#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/explain/attribution.h"
#include "core/run/progress.h"

namespace at {
class Tensor;
}

namespace discern {

/// How an explainer tells of itself.
class Report {
public:
    Report(Progress& progress, std::function<void(const std::vector<Attribution>&)> onPartial);

    void progress(double fraction, const std::string& stage);
    void checkpoint() const;
    /// True where a partial result is wanted now: at most ten times a second, and so rarely that building and showing
    /// them takes a tenth of the time.
    [[nodiscard]] bool wantsPartial();
    void partial(const std::vector<Attribution>& estimate);

    /// Told of every score of a perturbed input: N,targets, float64 on the CPU.
    void sees(const at::Tensor& scores);
    /// Between which values one target's scores lay.
    struct Seen {
        double least = 0.0;  ///< NaN where any was
        double most = 0.0;
        std::int64_t count = 0;
    };
    [[nodiscard]] Seen seen(std::size_t target) const;

private:
    Progress& progress_;
    std::function<void(const std::vector<Attribution>&)> onPartial_;
    std::int64_t nextPartialMs_ = 0;
    std::int64_t partialBegunMs_ = 0;
    std::vector<Seen> seen_;
};

}  // namespace discern
