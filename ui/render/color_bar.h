#pragma once

#include <QColor>
#include <QCoreApplication>
#include <QFont>
#include <QRectF>
#include <QString>
#include <QStringList>

#include "ui/render/overlay.h"

namespace discern {

/// Everything that a colour bar says.
struct ColorBar {
    const ColorMap* colors = nullptr;  ///< null for a mask, whose bar only tells "in" from "out"
    ValueRange range;
    bool twoSigns = false;
    QString unit;      ///< e.g. "Δ logit"
    QString policy;    ///< e.g. "shared in row, symmetric"
    QString clipping;  ///< e.g. "strongest 1 % clipped"; empty where nothing is clipped

    /// unit; policy; clipping, in one line.
    [[nodiscard]] QString inWords() const;

    Q_DECLARE_TR_FUNCTIONS(ColorBar)
};

[[nodiscard]] ColorBar colorBarFor(const Attribution& attribution, const DisplaySettings& settings,
                                   const ValueRange& range);
/// The policy in words, e.g. "shared in row, symmetric".
[[nodiscard]] QString rangePolicyInWords(const DisplaySettings& settings, bool twoSigns);

/// A number as a bar, a pill or a chart shows it: three significant digits, true minus sign, thin spaces.
[[nodiscard]] QString figure(double value);
/// The same with a plus sign before positive values.
[[nodiscard]] QString signedFigure(double value);

struct ColorBarStyle {
    QColor text;
    QColor secondaryText;
    QFont font;
    double thickness = 10.0;
};
/// Upright, high values on top, figures to its right, unit above it and policy below.
void paintUprightColorBar(QPainter& painter, const QRectF& box, const ColorBar& bar, const ColorBarStyle& style);
/// Lying, high values to the right, figures below.
void paintLyingColorBar(QPainter& painter, const QRectF& box, const ColorBar& bar, const ColorBarStyle& style);

}  // namespace discern
