#pragma once

#include <cstdint>
#include <functional>

namespace discern {

/// What one image costs on its way through a network.
struct PassCost {
    std::int64_t bytes = 0;  ///< the most memory that activations take at once
    std::int64_t macs = 0;
};

/// How many images go through together: as many as keep a batch within about a quarter of a gigabyte of activations and
/// a second of work on two cores, so that memory suffices and cancelling acts soon; a power of two from 1 to
/// kLargestBatch. A function of the cost alone: the same network takes the same batches at every call.
[[nodiscard]] std::int64_t batchFor(const PassCost& oneImage);

/// Past it no device gains anything worth its memory.
inline constexpr std::int64_t kLargestBatch = 16;

/// The most bytes that LibTorch held at once for what `work` allocated in this thread, on any device.
[[nodiscard]] std::int64_t peakBytes(const std::function<void()>& work);

}  // namespace discern
