#include "ui/choose/radar_chart.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "ui/choose/criterion_words.h"
#include "ui/theme/theme.h"
#include "ui/words/core_words.h"
#include "ui/words/text_lines.h"

namespace discern {

namespace {

constexpr double kInner = 0.15;  // where the worst value stands, so that spokes do not meet
constexpr int kFewest = 3;
constexpr int kNameWidth = 84;
constexpr int kNameLines = 3;

QPointF direction(int spoke, qsizetype count) {
    const double angle = 2.0 * std::numbers::pi * spoke / static_cast<double>(count);
    return {std::sin(angle), std::cos(angle)};
}

}  // namespace

RadarChart::RadarChart(Choice& choice, QWidget* parent) : BoardChart(tr("All criteria, best outside"), choice, parent) {
    connect(&choice_, &Choice::shownChanged, this, &RadarChart::rebuild);
    rebuild();
}

QString RadarChart::emptyWords() const {
    if (choice_.empty()) return BoardChart::emptyWords();
    return choice_.shown().size() < kFewest ? tr("Give three criteria or more a weight to see them here.") : QString();
}

QPointF RadarChart::pointOf(int model, int spoke) const {
    const double scaled =
        choice_.ranker()->scaled(static_cast<std::size_t>(model), static_cast<std::size_t>(choice_.shown()[spoke]));
    return direction(spoke, choice_.shown().size()) * (kInner + (1.0 - kInner) * std::clamp(scaled, 0.0, 1.0));
}

void RadarChart::fill(QCPLayoutGrid& area, const ChartColours& colours) {
    QCPAxisRect* rect = addAxes(area, 0, colours);
    QCPAxis& x = *rect->axis(QCPAxis::atBottom);
    QCPAxis& y = *rect->axis(QCPAxis::atLeft);
    // Room for the names: lines of them above and below, and kNameWidth pixels on either side.
    const double width = std::max(1, builtSize().width() - 30);
    const double height = std::max(1, builtSize().height() - 50);
    const double radius = std::max(20.0, std::min(width / 2.0 - kNameWidth - 8.0, height / 2.0 - 42.0));
    x.setRange(-0.5 * width / radius, 0.5 * width / radius);
    y.setRange(-0.5 * height / radius, 0.5 * height / radius);
    for (QCPAxis* axis : rect->axes()) {
        axis->setTickLabels(false);
        axis->grid()->setVisible(false);
        axis->setBasePen(Qt::NoPen);
    }
    const QVector<int>& shown = choice_.shown();
    for (int s = 0; s < shown.size(); ++s) {
        const QPointF end = direction(s, shown.size());
        auto* spoke = new QCPCurve(&x, &y);
        spoke->setPen(QPen(colours.grid, 1.2));
        spoke->addData(0.0, 0.0, 0.0);
        spoke->addData(1.0, end.x(), end.y());
        auto* text = new QCPItemText(this);
        text->setClipToAxisRect(false);
        text->position->setAxisRect(rect);
        text->position->setAxes(&x, &y);
        text->position->setCoords(1.06 * end.x(), 1.06 * end.y());
        text->setPositionAlignment((end.x() > 0.05    ? Qt::AlignLeft
                                    : end.x() < -0.05 ? Qt::AlignRight
                                                      : Qt::AlignHCenter) |
                                   (end.y() > 0.7    ? Qt::AlignBottom
                                    : end.y() < -0.7 ? Qt::AlignTop
                                                     : Qt::AlignVCenter));
        text->setFont(figureFont(0.8));
        text->setColor(colours.secondaryText);
        text->setTextAlignment(Qt::AlignHCenter);
        text->setText(inLines(coreWords(criterion(shown[s]).title), QFontMetrics(text->font()), kNameWidth, kNameLines));
    }
    for (int m = 0; m < modelCount(); ++m) {
        auto* line = new QCPCurve(&x, &y);
        line->setPen(QPen(colourOf(m), selectedModel() == m && !exporting() ? 3.0 : 2.0));
        for (int s = 0; s <= shown.size(); ++s) {
            const QPointF point = pointOf(m, s % static_cast<int>(shown.size()));
            line->addData(s, point.x(), point.y());
        }
    }
}

Chart::Hit RadarChart::hitAt(const QPointF& position) const {
    if (axisRectCount() == 0) return {};
    const QCPAxis& x = *axisRect(0)->axis(QCPAxis::atBottom);
    const QCPAxis& y = *axisRect(0)->axis(QCPAxis::atLeft);
    double least = 10.0;
    Hit hit;
    for (int m = 0; m < modelCount(); ++m)
        for (int s = 0; s < choice_.shown().size(); ++s) {
            const QPointF point = pointOf(m, s);
            const double distance =
                QLineF(QPointF(x.coordToPixel(point.x()), y.coordToPixel(point.y())), position).length();
            if (distance >= least) continue;
            least = distance;
            const int c = choice_.shown()[s];
            hit = {QStringLiteral("%1 · %2: %3")
                       .arg(choice_.models()[m].name, coreWords(criterion(c).title),
                            wholeWords(criterion(c), value(m, c))),
                   m};
        }
    return hit;
}

QString RadarChart::csv() const {
    QString csv = QStringLiteral("model,criterion,value,scaled\n");
    for (int m = 0; m < modelCount(); ++m)
        for (const int c : choice_.shown())
            csv += csvRow(
                {choice_.models()[m].name, QString::fromStdString(criterion(c).name), csvFigure(value(m, c).value),
                 csvFigure(choice_.ranker()->scaled(static_cast<std::size_t>(m), static_cast<std::size_t>(c)))});
    return csv;
}

}  // namespace discern
