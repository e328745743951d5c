#include "ui/render/color_bar.h"

#include "ui/words/core_words.h"
#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <vector>

namespace discern {

namespace {

const QChar kMinus(0x2212);
const QChar kThinSpace(0x2009);

QString superscript(int number) {
    static const QString digits = QStringLiteral("⁰¹²³⁴⁵⁶⁷⁸⁹");
    QString raised;
    for (const QChar c : QString::number(number)) raised += c == '-' ? QChar(0x207B) : digits[c.digitValue()];
    return raised;
}

QString trimmed(QString number) {
    if (!number.contains('.')) return number;
    while (number.endsWith('0')) number.chop(1);
    if (number.endsWith('.')) number.chop(1);
    return number;
}

QString grouped(QString digits) {
    qsizetype point = digits.indexOf('.');
    if (point < 0) point = digits.size();
    if (point <= 4) return digits;
    for (qsizetype i = point - 3; i > 0; i -= 3) digits.insert(i, kThinSpace);
    return digits;
}

QString magnitudeFigure(double magnitude) {
    if (magnitude == 0.0) return QStringLiteral("0");
    // Rounded first, so that 0.99999 is 1 and not 1.00.
    const double rounded = QString::number(magnitude, 'e', 2).toDouble();
    const int exponent = static_cast<int>(std::floor(std::log10(rounded)));
    if (exponent < -4 || exponent > 6) {
        const QString mantissa = trimmed(QString::number(rounded / std::pow(10.0, exponent), 'f', 2));
        return mantissa + QStringLiteral("·10") + superscript(exponent);
    }
    return grouped(trimmed(QString::number(rounded, 'f', std::max(0, 2 - exponent))));
}

QLinearGradient gradient(const ColorBar& bar, const QPointF& from, const QPointF& to) {
    QLinearGradient fill(from, to);
    constexpr int kStops = 64;
    for (int i = 0; i <= kStops; ++i) {
        const double t = static_cast<double>(i) / kStops;
        const double value = bar.range.low + t * (bar.range.high - bar.range.low);
        fill.setColorAt(t, QColor(bar.colors->at(colorPosition(value, bar.range, bar.twoSigns))));
    }
    return fill;
}

struct Tick {
    double position;  ///< 0..1 from the low end
    QString label;
};

std::vector<Tick> ticksOf(const ColorBar& bar) {
    if (!bar.colors) return {{0.0, ColorBar::tr("out")}, {1.0, ColorBar::tr("in")}};
    const double low = bar.range.low;
    const double high = bar.range.high;
    if (!(high > low)) return {{0.5, figure(low)}};
    const auto label = [&](double value) { return bar.twoSigns ? signedFigure(value) : figure(value); };
    const double middle = low < 0 && high > 0 ? 0.0 : 0.5 * (low + high);
    // What is clipped lies beyond the ends.
    const bool above = bar.range.percentile < 100.0 && high > 0;
    const bool below = bar.range.lowPercentile > 0.0 || (bar.range.percentile < 100.0 && low < 0);
    std::vector<Tick> ticks = {{0.0, (below ? QStringLiteral("≤") : QString()) + label(low)},
                               {1.0, (above ? QStringLiteral("≥") : QString()) + label(high)}};
    const double position = (middle - low) / (high - low);
    if (position > 0.15 && position < 0.85) ticks.push_back({position, label(middle)});
    return ticks;
}

void paintStrip(QPainter& painter, const QRectF& strip, const ColorBar& bar, const QPointF& low, const QPointF& high) {
    if (bar.colors) {
        painter.fillRect(strip, gradient(bar, low, high));
        return;
    }
    QLinearGradient fill(low, high);
    fill.setColorAt(0.0, QColor(0x30, 0x30, 0x30));
    fill.setColorAt(1.0, QColor(0xff, 0xcf, 0x33));
    painter.fillRect(strip, fill);
}

}  // namespace

QString figure(double value) {
    if (std::isnan(value)) return QStringLiteral("undefined");
    if (std::isinf(value)) return value < 0 ? kMinus + QStringLiteral("∞") : QStringLiteral("∞");
    const QString magnitude = magnitudeFigure(std::abs(value));
    return value < 0 && magnitude != "0" ? kMinus + magnitude : magnitude;
}

QString signedFigure(double value) {
    const QString number = figure(value);
    return value > 0 && number != "0" ? '+' + number : number;
}

QString ColorBar::inWords() const {
    QStringList parts = {unit, policy};
    if (!clipping.isEmpty()) parts << clipping;
    parts.removeAll({});
    return parts.join(QStringLiteral("; "));
}

QString rangePolicyInWords(const DisplaySettings& settings, bool twoSigns) {
    QString words;
    switch (settings.range) {
        case RangePolicy::PerMap:
            words = ColorBar::tr("range of this map");
            break;
        case RangePolicy::SharedInRow:
            words = ColorBar::tr("shared in row");
            break;
        case RangePolicy::SharedByAll:
            words = ColorBar::tr("shared by all");
            break;
    }
    if (!twoSigns) return words;
    return words + ", " + (settings.symmetric ? ColorBar::tr("symmetric") : ColorBar::tr("each sign to its end"));
}

ColorBar colorBarFor(const Attribution& attribution, const DisplaySettings& settings, const ValueRange& range) {
    ColorBar bar;
    bar.range = range;
    const QString unit = coreWords(attribution.unit);
    if (settings.view == OverlayView::Mask) {
        const int top = settings.topSegments;
        bar.unit = attribution.segments.empty() ? ColorBar::tr("top %1 % of pixels").arg(2 * top)
                                                : ColorBar::tr("top %1 segments").arg(top);
        bar.policy = settings.positiveOnly ? ColorBar::tr("evidence for") : ColorBar::tr("for or against");
        return bar;
    }
    bar.twoSigns = showsSigns(attribution, settings);
    bar.colors = &colorMapFor(attribution, settings);
    bar.policy = rangePolicyInWords(settings, bar.twoSigns);
    bar.unit = unit;
    if (settings.view == OverlayView::StandardError) bar.unit = ColorBar::tr("standard error, %1").arg(unit);
    if (settings.magnitude && settings.view != OverlayView::StandardError) bar.unit = QStringLiteral("|%1|").arg(unit);
    if (settings.view == OverlayView::Contour && settings.contourMass > 0)
        bar.policy = ColorBar::tr("line around %1 % of |value|").arg(figure(100 * settings.contourMass));
    const bool own = !bar.twoSigns && range.awayFromZero();
    if (own) bar.policy += ColorBar::tr(", from the smallest value");
    QStringList clipped;
    if (range.percentile < 100.0)
        clipped += (own ? ColorBar::tr("highest %1 % clipped") : ColorBar::tr("strongest %1 % clipped"))
                       .arg(figure(100.0 - range.percentile));
    if (range.lowPercentile > 0.0) clipped += ColorBar::tr("lowest %1 % clipped").arg(figure(range.lowPercentile));
    bar.clipping = clipped.join(QStringLiteral(", "));
    return bar;
}

void paintUprightColorBar(QPainter& painter, const QRectF& box, const ColorBar& bar, const ColorBarStyle& style) {
    painter.save();
    painter.setFont(style.font);
    const QFontMetricsF metrics(style.font);
    const double line = metrics.height();
    constexpr int wrapped = Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap;

    const QRectF unitBox =
        metrics.boundingRect(QRectF(box.topLeft(), QSizeF(box.width(), 4 * line)), wrapped, bar.unit);

    // Words give way before the bar does, that something is clipped last; the tool tip has them all.
    const double unitHeight = std::min(unitBox.height(), 3 * line);
    const double room = box.height() - unitHeight - 6;
    const auto heightOf = [&](const QString& words) {
        return metrics.boundingRect(QRectF(0, 0, box.width(), 9 * line), wrapped, words).height();
    };
    QString below;
    if (const QString all = bar.clipping.isEmpty() ? bar.policy : bar.policy + QStringLiteral("; ") + bar.clipping;
        room - heightOf(all) - 8 >= 3.5 * line)
        below = all;
    else if (!bar.clipping.isEmpty())
        below = room - heightOf(bar.clipping) - 8 >= 2 * line ? bar.clipping : QObject::tr("clipped");
    const double belowHeight = below.isEmpty() ? 0.0 : heightOf(below);
    const QRectF strip(box.left(), box.top() + unitHeight + 6, style.thickness,
                       room - (belowHeight > 0 ? belowHeight + 8 : 0.0));

    painter.setPen(style.text);
    painter.drawText(QRectF(box.left(), box.top(), box.width(), unitHeight), wrapped, bar.unit);
    paintStrip(painter, strip, bar, strip.bottomLeft(), strip.topLeft());
    const double left = strip.right() + 5;
    for (const Tick& tick : ticksOf(bar)) {
        const bool end = tick.position == 0.0 || tick.position == 1.0;
        if (!end && strip.height() < 3.2 * line) continue;
        const double y = strip.bottom() - tick.position * strip.height();
        const double top = std::clamp(y - line / 2, strip.top() - 1, strip.bottom() - line + 1);
        painter.drawText(QRectF(left, top, box.right() - left, line),
                         Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, tick.label);
    }
    if (belowHeight > 0) {
        painter.setPen(style.secondaryText);
        painter.drawText(QRectF(box.left(), box.bottom() - belowHeight, box.width(), belowHeight), wrapped, below);
    }
    painter.restore();
}

void paintLyingColorBar(QPainter& painter, const QRectF& box, const ColorBar& bar, const ColorBarStyle& style) {
    painter.save();
    painter.setFont(style.font);
    const QFontMetricsF metrics(style.font);
    const QRectF strip(box.left(), box.top(), box.width(), style.thickness);
    paintStrip(painter, strip, bar, strip.topLeft(), strip.topRight());
    painter.setPen(style.text);
    for (const Tick& tick : ticksOf(bar)) {
        const double width = metrics.horizontalAdvance(tick.label);
        const double x = strip.left() + tick.position * strip.width();
        const double left = std::clamp(x - width / 2, strip.left(), strip.right() - width);
        painter.drawText(QPointF(left, strip.bottom() + 2 + metrics.ascent()), tick.label);
    }
    painter.restore();
}

}  // namespace discern
