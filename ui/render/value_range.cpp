#include "ui/render/value_range.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "ui/render/overlay.h"

namespace discern {

namespace {

constexpr double kOutlierPercentile = 99.0;
constexpr double kOutlierFactor = 2.0;
constexpr double kFarFromZero = 0.25;  ///< smallest value over largest
constexpr double kRounding = 1e-5;     ///< width over largest value, below which a map is even

/// What a range is made of.
struct Extent {
    double lowest = 0.0;
    double highest = 0.0;
    std::vector<float> values;  ///< empty where nothing is clipped
    bool any = false;
    bool twoSigns = false;
    bool segments = false;  ///< whose few values are no outliers, however few pixels they cover

    /// Whether outliers may be cut off, and where then by default.
    [[nodiscard]] bool mayClip(const DisplaySettings& settings) const {
        return !values.empty() && (settings.clipPercentile || !segments);
    }
};

Extent extentOf(std::span<const Attribution* const> attributions, const DisplaySettings& settings) {
    Extent extent;
    const bool clipped = settings.clipPercentile.value_or(kOutlierPercentile) < 100.0;
    for (const Attribution* attribution : attributions) {
        if (!attribution) continue;
        const cv::Mat map = shownMap(*attribution, settings);
        extent.twoSigns = extent.twoSigns || showsSigns(*attribution, settings);
        extent.segments = extent.segments || !attribution->segments.empty();
        if (clipped) extent.values.reserve(extent.values.size() + map.total());
        for (int y = 0; y < map.rows; ++y) {
            const float* row = map.ptr<float>(y);
            for (int x = 0; x < map.cols; ++x) {
                if (std::isnan(row[x])) continue;
                const auto value = static_cast<double>(row[x]);
                extent.lowest = extent.any ? std::min(extent.lowest, value) : value;
                extent.highest = extent.any ? std::max(extent.highest, value) : value;
                extent.any = true;
                if (clipped) extent.values.push_back(row[x]);
            }
        }
    }
    return extent;
}

double percentileOf(std::vector<float> values, double percentile) {
    const double share = std::clamp(percentile, 0.0, 100.0) / 100.0;
    const auto rank = values.begin() + std::lround(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), rank, values.end());
    return static_cast<double>(*rank);
}

std::vector<float> magnitudes(std::vector<float> values) {
    for (float& value : values) value = std::abs(value);
    return values;
}

ValueRange aroundZero(const Extent& extent, const DisplaySettings& settings) {
    const double lowest = std::min(0.0, extent.lowest);
    const double highest = std::max(0.0, extent.highest);
    double limit = std::max(-lowest, highest);
    double percentile = 100.0;
    if (extent.mayClip(settings)) {
        const double asked = settings.clipPercentile.value_or(kOutlierPercentile);
        const double there = percentileOf(magnitudes(extent.values), asked);
        if (settings.clipPercentile || (there > 0.0 && limit > kOutlierFactor * there)) {
            limit = there;
            percentile = asked;
        }
    }
    if (extent.twoSigns && settings.symmetric) return {-limit, limit, percentile};
    return {std::max(lowest, -limit), std::min(highest, limit), percentile};
}

/// From the smallest value to the largest, without outliers at either end; nothing where they are near zero or even.
std::optional<ValueRange> betweenOwnEnds(const Extent& extent, const DisplaySettings& settings) {
    ValueRange range{extent.lowest, extent.highest};
    if (extent.mayClip(settings)) {
        const double asked = settings.clipPercentile.value_or(kOutlierPercentile);
        const double top = percentileOf(extent.values, asked);
        const double bottom = percentileOf(extent.values, 100.0 - asked);
        const double usual = kOutlierFactor * (top - bottom);
        if (settings.clipPercentile || extent.highest - bottom > usual) {
            range.high = top;
            range.percentile = asked;
        }
        if (top - extent.lowest > usual) {
            range.low = bottom;
            range.lowPercentile = 100.0 - asked;
        }
    }
    const double nearest = std::min(std::abs(range.low), std::abs(range.high));
    if (!range.awayFromZero() || nearest < kFarFromZero * range.limit()) return std::nullopt;
    if (range.width() < kRounding * range.limit()) return std::nullopt;
    return range;
}

}  // namespace

double ValueRange::limit() const { return std::max(std::abs(low), std::abs(high)); }

double ValueRange::amount(double value) const { return awayFromZero() ? std::max(0.0, value - low) : std::abs(value); }

double ValueRange::strength(double value) const {
    const double most = awayFromZero() ? width() : limit();
    return most > 0.0 ? amount(value) / most : 0.0;
}

double ValueRange::valueAt(double strength) const {
    return awayFromZero() ? low + strength * width() : strength * limit();
}

ValueRange rangeOf(std::span<const Attribution* const> attributions, const DisplaySettings& settings) {
    const Extent extent = extentOf(attributions, settings);
    const auto own = extent.twoSigns ? std::nullopt : betweenOwnEnds(extent, settings);
    return own ? *own : aroundZero(extent, settings);
}

double colorPosition(double value, const ValueRange& range, bool twoSigns) {
    if (twoSigns) {
        const double limit = value < 0 ? -range.low : range.high;
        return limit > 0 ? std::clamp(0.5 + 0.5 * value / limit, 0.0, 1.0) : 0.5;
    }
    return range.width() > 0 ? std::clamp((value - range.low) / range.width(), 0.0, 1.0) : 0.0;
}

}  // namespace discern
