#pragma once

#include <QString>
#include <optional>

namespace discern {

/// How an attribution is laid over the picture.
enum class OverlayView { Heatmap, AlphaByMagnitude, Mask, Contour, Segments, StandardError };

/// Which cells share one range of the colour bar.
enum class RangePolicy { PerMap, SharedInRow, SharedByAll };

/// Everything about looking that recomputes nothing.
struct DisplaySettings {
    OverlayView view = OverlayView::Heatmap;
    double opacity = 0.62;                 ///< 0..1
    double threshold = 0.0;                ///< 0..1 of the range's strength (ValueRange); below it nothing is drawn
    QString positiveMap = "inferno";       ///< for one-signed maps
    QString signedMap = "blue-white-red";  ///< for signed maps, centred on zero
    RangePolicy range = RangePolicy::SharedInRow;
    bool symmetric = true;          ///< signed maps: the same magnitude either side of zero
    bool magnitude = false;         ///< show |attribution|
    /// The range ends at this percentile of the magnitude, and the legend says so. Unset: at the 99th, and only where
    /// outliers would hide the rest: in maps without segments whose largest magnitude is more than twice as high.
    std::optional<double> clipPercentile;
    int topSegments = 5;       ///< Mask view: segments that stay; without segments each counts as 2 % of the pixels
    bool positiveOnly = true;  ///< Mask view: only evidence for the target
    bool hideRest = true;      ///< Mask view: darken the rest
    double contourMass = 0.5;  ///< Contour view: the line encloses this share of the amounts; 0: it lies at threshold
    bool greyUnderSigns = true;  ///< the photograph is grey under maps of two signs, so that only the map is coloured
    bool smooth = true;          ///< interpolate the map on screen; off shows the method's own grid

    bool operator==(const DisplaySettings&) const = default;
};

}  // namespace discern
