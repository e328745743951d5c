#include "core/explain/report.h"

#include <ATen/core/Tensor.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

namespace discern {
namespace {

std::int64_t nowMs() {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

}  // namespace

Report::Report(Progress& progress, std::function<void(const std::vector<Attribution>&)> onPartial)
    : progress_(progress), onPartial_(std::move(onPartial)) {}

void Report::progress(double fraction, const std::string& stage) { progress_.report(fraction, stage); }

void Report::checkpoint() const { progress_.checkpoint(); }

bool Report::wantsPartial() {
    if (!onPartial_) return false;
    partialBegunMs_ = nowMs();
    return partialBegunMs_ >= nextPartialMs_;
}

void Report::partial(const std::vector<Attribution>& estimate) {
    constexpr std::int64_t kShortestPauseMs = 100;
    constexpr std::int64_t kPauseToCost = 9;
    if (!onPartial_) return;
    onPartial_(estimate);
    const std::int64_t now = nowMs();
    nextPartialMs_ = now + std::max(kShortestPauseMs, kPauseToCost * (now - partialBegunMs_));
}

void Report::sees(const at::Tensor& scores) {
    if (scores.size(0) == 0) return;
    seen_.resize(static_cast<std::size_t>(scores.size(1)));
    for (std::size_t t = 0; t < seen_.size(); ++t) {
        const at::Tensor column = scores.select(1, static_cast<std::int64_t>(t));
        Seen& seen = seen_[t];
        const double least = column.min().item<double>();
        const double most = column.max().item<double>();
        if (seen.count == 0 || least < seen.least || std::isnan(least)) seen.least = least;
        if (seen.count == 0 || most > seen.most || std::isnan(most)) seen.most = most;
        seen.count += column.size(0);
    }
}

Report::Seen Report::seen(std::size_t target) const { return target < seen_.size() ? seen_[target] : Seen{}; }

}  // namespace discern
