#include "core/explain/gradient/noise.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>

#include <vector>

namespace discern {
namespace {

/// LibTorch's engine takes 32 bits of its seed, so seed and number are mixed (SplitMix64) before they meet it.
at::Generator generator(std::uint64_t seed, std::int64_t number) {
    std::uint64_t z = seed + 0x9E3779B97F4A7C15ULL * (static_cast<std::uint64_t>(number) + 1);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return at::detail::createCPUGenerator((z ^ (z >> 31)) >> 32);
}

}  // namespace

at::Tensor normalDraws(std::uint64_t seed, std::int64_t first, std::int64_t n, const at::Tensor& input) {
    std::vector<at::Tensor> rows(static_cast<std::size_t>(n));
    // Every sample has an engine of its own, so threads may draw them in any order.
    at::parallel_for(0, n, 1, [&](std::int64_t from, std::int64_t to) {
        for (std::int64_t i = from; i < to; ++i)
            rows[static_cast<std::size_t>(i)] =
                at::randn(input.sizes(), generator(seed, first + i), at::TensorOptions(at::kFloat));
    });
    return at::cat(rows).to(input.device());
}

at::Tensor uniformDraws(std::uint64_t seed, std::int64_t first, std::int64_t n, const at::Tensor& input) {
    std::vector<at::Tensor> rows;
    for (std::int64_t i = first; i < first + n; ++i)
        rows.push_back(at::rand({1, 1, 1, 1}, generator(~seed, i), at::TensorOptions(at::kFloat)));
    return at::cat(rows).to(input.device());
}

}  // namespace discern
