#include "core/network/placement.h"

#include <algorithm>
#include <cmath>

#include "core/network/layouts.h"

namespace discern {
namespace {

/// How clearly places answer to their side of the picture: correlations, -1..1.
struct Agreement {
    double columns = 0.0;
    double rows = 0.0;
    [[nodiscard]] double least() const { return std::min(columns, rows); }
    [[nodiscard]] double most() const { return std::max(columns, rows); }
};

/// 1 in the first half, -1 in the second.
at::Tensor halves(std::int64_t length) {
    return -(at::arange(length, at::kDouble) - static_cast<double>(length - 1) / 2.0).sign();
}

double correlation(const at::Tensor& a, const at::Tensor& b) {
    const at::Tensor x = a - a.mean();
    const at::Tensor y = b - b.mean();
    const double value = ((x * y).sum() / (x.square().sum() * y.square().sum()).sqrt()).item<double>();
    return std::isfinite(value) ? value : 0.0;
}

at::Tensor answer(const at::Tensor& changed, const at::Tensor& whole, const Placement& placement) {
    return (atPlaces(changed, placement) - atPlaces(whole, placement))
        .abs()
        .mean(1)
        .to(at::kDouble)
        .view({placement.height, placement.width});
}

Agreement agreement(const Responses& responses, const Placement& placement) {
    const at::Tensor left = answer(responses.left, responses.whole, placement);
    const at::Tensor upper = answer(responses.upper, responses.whole, placement);
    return {correlation(left, halves(placement.width).view({1, -1}).expand_as(left)),
            correlation(upper, halves(placement.height).view({-1, 1}).expand_as(upper))};
}

std::vector<std::pair<int, int>> gridsOf(int places, std::pair<int, int> picture,
                                         const std::vector<std::pair<int, int>>& known) {
    std::vector<std::pair<int, int>> grids;
    for (int height = 2; height * 2 <= places; ++height) {
        if (places % height != 0) continue;
        const std::pair grid{height, places / height};
        if (hasProportionsOf(picture, grid.first, grid.second) || std::ranges::find(known, grid) != known.end())
            grids.push_back(grid);
    }
    return grids;
}

/// Correlations below this are noise, and above that they speak.
constexpr double kSilent = 0.15;
constexpr double kClear = 0.35;
/// By so much another order of the extra tokens must be clearer than the usual one, all before the patches.
constexpr double kUsual = 0.02;

}  // namespace

at::Tensor atPlaces(const at::Tensor& value, const Placement& placement) {
    const std::int64_t first = placement.extraTokens;
    const std::int64_t places = std::int64_t{placement.height} * placement.width;
    switch (placement.layout) {
        case GridLayout::ChannelsFirst:
            return value[0].flatten(1).t();
        case GridLayout::ChannelsLast:
            return value[0].flatten(0, 1);
        case GridLayout::Tokens:
            return value[0].slice(0, first, first + places);
        case GridLayout::SequenceFirst:
            return value.select(1, 0).slice(0, first, first + places);
        case GridLayout::None:
            break;
    }
    return {};
}

std::vector<Placement> possiblePlacements(const std::vector<std::int64_t>& shape, std::pair<int, int> picture,
                                          const std::vector<std::pair<int, int>>& known) {
    std::vector<Placement> possible;
    const auto size = [&](std::size_t dimension) { return static_cast<int>(shape[dimension]); };
    const auto addMap = [&](GridLayout layout, int height, int width) {
        if (height > 1 && width > 1 && hasProportionsOf(picture, height, width))
            possible.push_back({layout, height, width, 0});
    };
    const auto addTokens = [&](GridLayout layout, int tokens) {
        for (int extra = 0; extra <= kMostExtraTokens && tokens - extra >= 4; ++extra)
            for (const auto& [height, width] : gridsOf(tokens - extra, picture, known))
                for (int before = extra; before >= 0; --before) possible.push_back({layout, height, width, before});
    };
    if (shape.size() == 4 && shape[0] == 1) {
        addMap(GridLayout::ChannelsFirst, size(2), size(3));
        addMap(GridLayout::ChannelsLast, size(1), size(2));
    }
    if (shape.size() == 3 && shape[0] == 1) addTokens(GridLayout::Tokens, size(1));
    if (shape.size() == 3 && shape[1] == 1 && shape[0] > 1) addTokens(GridLayout::SequenceFirst, size(0));
    return possible;
}

std::optional<Placement> findPlacement(const Responses& responses, const std::vector<Placement>& possible,
                                       const std::optional<Placement>& expected) {
    std::optional<Placement> best;
    double clearest = kClear;
    for (const Placement& placement : possible) {
        const bool allBefore = !isTokens(placement.layout) ||
                               responses.whole.size(static_cast<std::int64_t>(tokenDimension(placement.layout))) ==
                                   std::int64_t{placement.height} * placement.width + placement.extraTokens;
        const double found = agreement(responses, placement).least() + (allBefore ? kUsual : 0.0);
        if (found <= clearest) continue;
        clearest = found;
        best = placement;
    }
    if (best || !expected) return best;
    const Agreement usual = agreement(responses, *expected);
    const bool onlyOneWay = usual.most() > kClear && usual.least() < kSilent;
    return onlyOneWay ? std::nullopt : expected;
}

}  // namespace discern
