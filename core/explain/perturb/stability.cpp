#include "core/explain/perturb/stability.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <opencv2/imgproc.hpp>

namespace discern {

std::vector<int> topIndices(const std::vector<double>& values, int k) {
    std::vector<int> order(values.size());
    std::iota(order.begin(), order.end(), 0);
    const auto end = order.begin() + std::min<std::ptrdiff_t>(k, static_cast<std::ptrdiff_t>(order.size()));
    const auto key = [&](int i) {
        return std::isnan(values[i]) ? -std::numeric_limits<double>::infinity() : values[i];
    };
    std::partial_sort(order.begin(), end, order.end(),
                      [&](int a, int b) { return key(a) != key(b) ? key(a) > key(b) : a < b; });
    order.erase(end, order.end());
    return order;
}

std::vector<double> cellMeans(const cv::Mat& map, cv::Size grid) {
    cv::Mat small;
    cv::resize(map, small, grid, 0, 0, cv::INTER_AREA);
    return {small.begin<float>(), small.end<float>()};
}

void Stability::see(std::int64_t evaluations, const std::vector<double>& values) {
    std::vector<int> order = topIndices(values, k_);
    if (order != order_) {
        order_ = std::move(order);
        since_ = evaluations;
    }
    evaluations_ = evaluations;
}

bool Stability::stable() const { return evaluations_ >= fewest_ && 4 * since_ <= 3 * evaluations_; }

std::string Stability::text() const {
    return fmt::format("top {} {}", order_.size(), stable() ? "stable" : "not stable yet");
}

StopRule::StopRule(const Parameters& parameters, std::size_t targets, std::int64_t budget, std::int64_t fewest)
    : budget_(budget),
      fewest_(fewest),
      mayStop_(parameters.text("stop") == "stable"),
      // Where nothing may stop, two looks tell whether the order held at the end: the first a batch or more before the
      // last quarter begins.
      nextLook_(mayStop_ ? fewest / 2 : budget * 11 / 16),
      targets_(targets, Stability(5, fewest)) {}

bool StopRule::goOn(std::int64_t evaluations, const Estimate& estimate) {
    if (evaluations < nextLook_) return true;
    nextLook_ =
        evaluations + std::max<std::int64_t>(1, mayStop_ ? std::max(fewest_ / 8, evaluations / 8) : budget_ / 4);
    for (std::size_t t = 0; t < targets_.size(); ++t) targets_[t].see(evaluations, estimate(t));
    return !(mayStop_ && std::ranges::all_of(targets_, &Stability::stable));
}

std::string StopRule::text(std::size_t target, std::int64_t evaluations, const std::vector<double>& values) const {
    Stability seen = targets_[target];
    seen.see(evaluations, values);
    return seen.text();
}

Parameter stopParameter() {
    return {.name = "stop",
            .kind = ParameterKind::Choice,
            .defaultValue = "budget",
            .help =
                "When sampling ends: after all evaluations, or once the order of the five largest (superpixels, or "
                "cells of a coarse grid) is stable.",
            .choices = {"budget", "stable"}};
}

}  // namespace discern
