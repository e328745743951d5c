#pragma once

#include <span>

#include "core/explain/attribution.h"
#include "ui/render/display_settings.h"

namespace discern {

/// The values at the two ends of a colour bar.
struct ValueRange {
    double low = 0.0;
    double high = 0.0;
    double percentile = 100.0;   ///< at which it ends: of the magnitudes, or of the values where it is away from zero
    double lowPercentile = 0.0;  ///< at which it begins, where it is away from zero

    bool operator==(const ValueRange&) const = default;

    /// Whether it leaves zero out, because the values are all far from it: strength is then counted from the low end.
    [[nodiscard]] bool awayFromZero() const { return low > 0.0 || high < 0.0; }
    [[nodiscard]] double width() const { return high - low; }
    /// The largest magnitude.
    [[nodiscard]] double limit() const;
    /// How strong a value is, in the map's unit: its magnitude, or what it has above the low end.
    [[nodiscard]] double amount(double value) const;
    /// The same as a share of the range's strongest: 0..1 within the range; 0 where the range has no width.
    [[nodiscard]] double strength(double value) const;
    /// The positive value of that strength.
    [[nodiscard]] double valueAt(double strength) const;
};

/// One range for all: with two signs the same magnitude either side of zero where settings.symmetric; with one sign from
/// zero to the largest value, or from their own smallest value where all lie so far from zero that a quarter of the
/// colours would never be used (mean scores of RISE, say). Clipped as settings.clipPercentile says. Null pointers and
/// values that are not finite are passed over.
[[nodiscard]] ValueRange rangeOf(std::span<const Attribution* const> attributions, const DisplaySettings& settings);

/// Where a value lies on the colour map, 0..1. With two signs zero is always in the middle.
[[nodiscard]] double colorPosition(double value, const ValueRange& range, bool twoSigns);

}  // namespace discern
