#include "core/network/batch.h"

#include <c10/core/Allocator.h>
#include <c10/util/ThreadLocalDebugInfo.h>

#include <algorithm>
#include <bit>
#include <memory>

namespace discern {
namespace {

constexpr std::int64_t kMostBytes = std::int64_t{256} << 20;
constexpr std::int64_t kMostMacs = 64'000'000'000;

/// LibTorch's allocators tell it of every block.
class Meter : public c10::MemoryReportingInfoBase {
public:
    void reportMemoryUsage(void*, std::int64_t bytes, std::size_t, std::size_t, c10::Device) override {
        held_ += bytes;
        peak_ = std::max(peak_, held_);
    }
    [[nodiscard]] bool memoryProfilingEnabled() const override { return true; }
    [[nodiscard]] std::int64_t peak() const { return peak_; }

private:
    std::int64_t held_ = 0;
    std::int64_t peak_ = 0;
};

}  // namespace

std::int64_t batchFor(const PassCost& oneImage) {
    const std::int64_t byMemory = kMostBytes / std::max<std::int64_t>(1, oneImage.bytes);
    const std::int64_t byWork = kMostMacs / std::max<std::int64_t>(1, oneImage.macs);
    const std::int64_t most = std::clamp<std::int64_t>(std::min(byMemory, byWork), 1, kLargestBatch);
    return static_cast<std::int64_t>(std::bit_floor(static_cast<std::uint64_t>(most)));
}

std::int64_t peakBytes(const std::function<void()>& work) {
    const auto meter = std::make_shared<Meter>();
    const c10::DebugInfoGuard listening(c10::DebugInfoKind::PROFILER_STATE, meter);
    work();
    return meter->peak();
}

}  // namespace discern
