#pragma once

#include <QImage>
#include <QPointF>
#include <QPolygonF>
#include <QRectF>
#include <QSize>
#include <QString>
#include <QVector>
#include <optional>
#include <vector>

#include "core/explain/attribution.h"
#include "ui/render/colormap.h"
#include "ui/render/display_settings.h"
#include "ui/render/value_range.h"

class QPainter;

namespace discern {

/// Whether an attribution has anything to show.
enum class MapState {
    Shown,
    AllZero,          ///< every finite value is zero
    Undefined,        ///< no value is finite
    NoStandardError,  ///< the standard error is asked for and the method has none
};

/// Lines of one colour in units of the map: 0..1 from its left and top edge.
struct Outline {
    QVector<QPolygonF> lines;
    QColor color;
    bool speckle = false;  ///< so many small lines that they are drawn as hair lines
};

/// What is laid over the part of the picture that the model sees.
struct Overlay {
    QImage image;  ///< Format_ARGB32_Premultiplied; null where the view has lines only
    std::vector<Outline> outlines;
    bool interpolate = false;  ///< whether the image may be smoothed when it is scaled
    MapState state = MapState::Shown;
};

/// The values that a view shows, CV_32FC1 in model-input pixels: the map, its magnitude or its standard error; on the
/// method's own grid where settings.smooth is off. Empty where there are none.
[[nodiscard]] cv::Mat shownMap(const Attribution& attribution, const DisplaySettings& settings);
/// Whether the view has two signs, and so a diverging colour map.
[[nodiscard]] bool showsSigns(const Attribution& attribution, const DisplaySettings& settings);
[[nodiscard]] const ColorMap& colorMapFor(const Attribution& attribution, const DisplaySettings& settings);
/// Whether the photograph below is to be grey.
[[nodiscard]] bool greyPicture(const Attribution& attribution, const DisplaySettings& settings);
[[nodiscard]] MapState mapState(const Attribution& attribution, const DisplaySettings& settings);

/// The overlay at `size` pixels, which cover the whole map. NaN is hatched. A pure function: equal values have equal
/// colours under equal ranges.
[[nodiscard]] Overlay renderOverlay(const Attribution& attribution, const DisplaySettings& settings,
                                    const ValueRange& range, const QSize& size);

/// Lays an overlay over `target`. Lines are `lineWidth` device-independent pixels wide.
void paintOverlay(QPainter& painter, const QRectF& target, const Overlay& overlay, double opacity,
                  double lineWidth = 1.5);

/// The shown value at a point of the map (0..1 from its left and top edge) without interpolation; nothing outside it.
[[nodiscard]] std::optional<double> valueAt(const Attribution& attribution, const DisplaySettings& settings,
                                            const QPointF& point);
/// The segment there, where the method has segments.
[[nodiscard]] std::optional<int> segmentAt(const Attribution& attribution, const QPointF& point);

}  // namespace discern
