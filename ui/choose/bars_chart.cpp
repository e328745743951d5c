#include "ui/choose/bars_chart.h"

#include <algorithm>
#include <cmath>

#include "ui/choose/criterion_words.h"
#include "ui/theme/model_marker.h"
#include "ui/theme/theme.h"
#include "ui/words/core_words.h"
#include "ui/words/text_lines.h"

namespace discern {

namespace {

constexpr int kInARow = 4;

}  // namespace

BarsChart::BarsChart(Choice& choice, QWidget* parent) : BoardChart(tr("Criteria with intervals"), choice, parent) {
    connect(&choice_, &Choice::shownChanged, this, &BarsChart::rebuild);
    rebuild();
}

QString BarsChart::emptyWords() const {
    if (choice_.empty()) return BoardChart::emptyWords();
    return choice_.shown().isEmpty() ? tr("Give a criterion a weight to see it here.") : QString();
}

QString BarsChart::title() const {
    const auto count = static_cast<int>(choice_.shown().size());
    const QString what = count <= kMostGroups ? Chart::title() : tr("The first %1 of %2 criteria").arg(kMostGroups).arg(count);
    const bool dashed = std::ranges::any_of(groups(), [this](int c) { return std::isfinite(criterion(c).chance); });
    return dashed ? tr("%1; dashed: chance").arg(what) : what;
}

void BarsChart::fill(QCPLayoutGrid& area, const ChartColours& colours) {
    const QVector<int> shown = groups();
    QCPLayoutGrid* row = nullptr;
    QCPMarginGroup* feet = nullptr;  // names of one line and of three end at the same height
    for (int g = 0; g < shown.size(); ++g) {
        if (g % kInARow == 0) {
            row = new QCPLayoutGrid;
            row->setColumnSpacing(10);
            feet = new QCPMarginGroup(this);
            area.addElement(g / kInARow, 0, row);
        }
        QCPAxisRect* rect = addAxes(*row, g % kInARow, colours);
        rect->setMarginGroup(QCP::msBottom, feet);
        addGroup(shown[g], *rect, colours);
    }
}

void BarsChart::addGroup(int c, QCPAxisRect& rect, const ChartColours& colours) {
    QCPAxis& x = *rect.axis(QCPAxis::atBottom);
    QCPAxis& y = *rect.axis(QCPAxis::atLeft);
    double low = 0.0;
    double high = 0.0;
    for (int m = 0; m < modelCount(); ++m)
        for (const double end : {value(m, c).value, value(m, c).low, value(m, c).high})
            if (std::isfinite(end)) {
                low = std::min(low, end);
                high = std::max(high, end);
            }
    if (high == low) high = 1.0;
    setWhole(y, QStringLiteral("y%1").arg(c), {low < 0.0 ? 1.08 * low : 0.0, 1.08 * high});
    x.setRange(-0.7, modelCount() - 0.3);
    x.setTickLabels(false);
    x.grid()->setVisible(false);
    y.ticker()->setTickCount(3);
    const int room = builtSize().width() / std::clamp(static_cast<int>(groups().size()), 1, kInARow) - 8;
    const QString unit = criterion(c).unit.empty() ? QString() : QStringLiteral(", ") + unbroken(coreWords(criterion(c).unit));
    x.setLabel(inLines(arrowTitle(criterion(c)) + unit, QFontMetrics(x.labelFont()), room, 3));
    for (int m = 0; m < modelCount(); ++m) {
        const BoardValue& of = value(m, c);
        if (!std::isfinite(of.value)) continue;
        auto* bar = new QCPBars(&x, &y);
        bar->setWidth(0.72);
        styleBars(*bar, choice_.models()[m], m, colours);
        bar->setBrush(colourOf(m));
        bar->addData(m, of.value);
        if (!std::isfinite(of.low) || !std::isfinite(of.high)) continue;
        auto* line = new QCPCurve(&x, &y);
        line->setPen(QPen(colours.text, 1.6));
        line->addData(0.0, m, of.low);
        line->addData(1.0, m, of.high);
    }
    if (!std::isfinite(criterion(c).chance)) return;
    auto* chance = new QCPCurve(&x, &y);
    chance->setPen(QPen(colours.secondaryText, 1.2, Qt::DashLine));
    chance->addData(0.0, x.range().lower, criterion(c).chance);
    chance->addData(1.0, x.range().upper, criterion(c).chance);
}

Chart::Hit BarsChart::hitAt(const QPointF& position) const {
    const QVector<int> shown = groups();
    for (int g = 0; g < std::min(static_cast<int>(shown.size()), axisRectCount()); ++g) {
        const QCPAxisRect* rect = axisRect(g);
        if (!rect->rect().contains(position.toPoint())) continue;
        const auto model = static_cast<int>(std::lround(rect->axis(QCPAxis::atBottom)->pixelToCoord(position.x())));
        if (model < 0 || model >= modelCount()) return {};
        const int c = shown[g];
        QString words = QStringLiteral("%1 · %2: %3")
                            .arg(choice_.models()[model].name, coreWords(criterion(c).title),
                                 wholeWords(criterion(c), value(model, c)));
        return {words, model};
    }
    return {};
}

QString BarsChart::figuresInWords() const {
    QStringList lines;
    for (const int c : groups())
        for (int m = 0; m < modelCount(); ++m)
            lines << QStringLiteral("%1, %2: %3")
                         .arg(coreWords(criterion(c).title), choice_.models()[m].name,
                              wholeWords(criterion(c), value(m, c)));
    return lines.join(QStringLiteral("; "));
}

QString BarsChart::csv() const {
    QString csv = QStringLiteral("criterion,unit,model,value,low,high,chance\n");
    for (const int c : groups())
        for (int m = 0; m < modelCount(); ++m)
            csv += csvRow({QString::fromStdString(criterion(c).name), QString::fromStdString(criterion(c).unit),
                           choice_.models()[m].name, csvFigure(value(m, c).value), csvFigure(value(m, c).low),
                           csvFigure(value(m, c).high), csvFigure(value(m, c).chance)});
    return csv;
}

}  // namespace discern
