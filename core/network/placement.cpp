#include "core/network/placement.h"

#include <algorithm>
#include <cmath>

#include "core/network/layouts.h"

namespace discern {
namespace {

std::int64_t places(const Placement& placement) { return std::int64_t{placement.height} * placement.width; }

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

/// The mean over pictures of how much places answer, each picture's answers in units of their own mean.
at::Tensor answers(const Responses& responses, at::Tensor Response::*exchanged, const Placement& placement) {
    at::Tensor sum = at::zeros({placement.height, placement.width}, at::kDouble);
    for (const Response& response : responses) {
        const at::Tensor one = answer(response.*exchanged, response.whole, placement);
        sum += one / one.mean().clamp_min(1e-30);
    }
    return sum / static_cast<double>(responses.size());
}

Agreement agreement(const Responses& responses, const Placement& placement) {
    const at::Tensor left = answers(responses, &Response::left, placement);
    const at::Tensor upper = answers(responses, &Response::upper, placement);
    return {correlation(left, halves(placement.width).view({1, -1}).expand_as(left)),
            correlation(upper, halves(placement.height).view({-1, 1}).expand_as(upper))};
}

std::vector<std::pair<int, int>> gridsOf(int count, std::pair<int, int> picture,
                                         const std::vector<std::pair<int, int>>& known) {
    std::vector<std::pair<int, int>> grids;
    for (int height = 2; height * 2 <= count; ++height) {
        if (count % height != 0) continue;
        const std::pair grid{height, count / height};
        if (hasProportionsOf(picture, grid.first, grid.second) || std::ranges::find(known, grid) != known.end())
            grids.push_back(grid);
    }
    return grids;
}

/// Correlations below this are noise, and above that they speak.
constexpr double kSilent = 0.15;
constexpr double kClear = 0.35;

/// More than two standard errors of a correlation that is none, and than a single place has that always answers most.
double clearOf(const Placement& placement, std::size_t pictures) {
    const auto count = static_cast<double>(places(placement));
    return std::max({kClear, 2.0 / std::sqrt(static_cast<double>(pictures) * count), 1.2 / std::sqrt(count - 1.0)});
}

/// By so much another order of the extra tokens must be clearer than the usual one, all before the patches.
constexpr double kUsual = 0.02;

}  // namespace

at::Tensor atPlaces(const at::Tensor& value, const Placement& placement) {
    const std::int64_t first = placement.extraTokens;
    switch (placement.layout) {
        case GridLayout::ChannelsFirst:
            return value[0].flatten(1).t();
        case GridLayout::ChannelsLast:
            return value[0].flatten(0, 1);
        case GridLayout::Tokens:
            return value[0].slice(0, first, first + places(placement));
        case GridLayout::SequenceFirst:
            return value.select(1, 0).slice(0, first, first + places(placement));
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
        // Fewer than half as many as places: more would make a grid of anything.
        for (int extra = 0; extra <= kMostExtraTokens && 3 * extra < tokens && tokens - extra >= 4; ++extra)
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
    double clearest = 0.0;
    for (const Placement& placement : possible) {
        // A few tokens taken out of many that lie on a grid answer to sides as well.
        if (best && isTokens(placement.layout) && places(placement) < places(*best)) break;
        const bool allBefore =
            !isTokens(placement.layout) ||
            responses.front().whole.size(static_cast<std::int64_t>(tokenDimension(placement.layout))) ==
                places(placement) + placement.extraTokens;
        const double found = agreement(responses, placement).least() + (allBefore ? kUsual : 0.0);
        if (found <= std::max(clearest, clearOf(placement, responses.size()))) continue;
        clearest = found;
        best = placement;
    }
    if (best || !expected) return best;
    // Four of anything make a square: so few tokens have to answer.
    constexpr std::int64_t kFewest = 9;
    if (isTokens(expected->layout) && places(*expected) < kFewest) return std::nullopt;
    const Agreement usual = agreement(responses, *expected);
    const bool onlyOneWay = usual.most() > kClear && usual.least() < kSilent;
    return onlyOneWay ? std::nullopt : expected;
}

}  // namespace discern
