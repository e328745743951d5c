#include "core/explain/report.h"

#include <algorithm>
#include <chrono>
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

}  // namespace discern
