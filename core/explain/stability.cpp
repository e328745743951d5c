#include "core/explain/stability.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <numeric>

namespace discern {

std::vector<int> topIndices(const std::vector<double>& values, int k) {
    std::vector<int> order(values.size());
    std::iota(order.begin(), order.end(), 0);
    const auto end = order.begin() + std::min<std::ptrdiff_t>(k, static_cast<std::ptrdiff_t>(order.size()));
    std::partial_sort(order.begin(), end, order.end(),
                      [&](int a, int b) { return values[a] != values[b] ? values[a] > values[b] : a < b; });
    order.erase(end, order.end());
    return order;
}

void Stability::see(std::int64_t evaluations, const std::vector<double>& values) {
    std::vector<int> order = topIndices(values, k_);
    if (order != order_) {
        order_ = std::move(order);
        since_ = evaluations;
    }
    evaluations_ = evaluations;
}

bool Stability::stable() const { return evaluations_ >= kFewest && 4 * since_ <= 3 * evaluations_; }

bool Looks::due(std::int64_t evaluations) {
    if (evaluations < next_) return false;
    next_ =
        evaluations + std::max<std::int64_t>(1, mayStop_ ? std::max<std::int64_t>(32, evaluations / 8) : budget_ / 4);
    return true;
}

std::string Stability::text() const {
    return fmt::format("top {} {}", order_.size(), stable() ? "stable" : "not stable yet");
}

}  // namespace discern
