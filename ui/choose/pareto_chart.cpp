#include "ui/choose/pareto_chart.h"

#include <algorithm>
#include <cmath>

#include "core/choose/pareto.h"
#include "ui/choose/criterion_words.h"
#include "ui/theme/model_marker.h"
#include "ui/theme/theme.h"
#include "ui/words/core_words.h"
#include "ui/words/model_names.h"

namespace discern {

namespace {

constexpr int kNamed = 12;  // models that are named beside their marks
constexpr double kMark = 13.0;
constexpr double kLargestMark = 30.0;
constexpr QSize kAround{66, 84};  // pixels that title and axes take beside the marks

}  // namespace

ParetoChart::ParetoChart(Choice& choice, QWidget* parent) : BoardChart(tr("Trade-off"), choice, parent) {
    connect(&choice_, &Choice::axesChanged, this, [this] {
        forgetZoom();
        rebuild();
    });
    rebuild();
}

QString ParetoChart::emptyWords() const {
    if (choice_.empty()) return BoardChart::emptyWords();
    return choice_.xCriterion() < 0 || choice_.yCriterion() < 0
               ? tr("Two criteria are needed to set one against the other.")
               : QString();
}

QString ParetoChart::title() const {
    if (!emptyWords().isEmpty()) return Chart::title();
    QString title =
        tr("%1 against %2")
            .arg(coreWords(criterion(choice_.yCriterion()).title), coreWords(criterion(choice_.xCriterion()).title));
    title[0] = title[0].toUpper();
    return title;
}

bool ParetoChart::drawn(int model) const {
    return std::isfinite(value(model, choice_.xCriterion()).value) &&
           std::isfinite(value(model, choice_.yCriterion()).value);
}

QCPRange ParetoChart::rangeOf(int c) const {
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    const auto expand = [&](double v) {
        if (!std::isfinite(v)) return;
        low = std::min(low, v);
        high = std::max(high, v);
    };
    for (int m = 0; m < modelCount(); ++m)
        for (const double end : {value(m, c).value, value(m, c).low, value(m, c).high}) expand(end);
    if (!(high >= low)) return {0.0, 1.0};
    // Chance belongs into sight where it is not far off what the models have.
    const double chance = criterion(c).chance;
    if (chance > 2.0 * low - high && chance < 2.0 * high - low) expand(chance);
    const double room = high > low ? 0.12 * (high - low) : std::max(1.0, 0.1 * std::abs(low));
    return {low - room, high + room};
}

/// By area between the smallest and the largest value.
double ParetoChart::bubbleOf(int model) const {
    const int c = choice_.sizeCriterion();
    if (c < 0) return kMark;
    double most = 0.0;
    for (int m = 0; m < modelCount(); ++m)
        if (std::isfinite(value(m, c).value)) most = std::max(most, std::abs(value(m, c).value));
    const double own = value(model, c).value;
    if (!std::isfinite(own) || most == 0.0) return 0.5 * kMark;
    return std::max(0.5 * kMark, kLargestMark * std::sqrt(std::abs(own) / most));
}

void ParetoChart::fill(QCPLayoutGrid& area, const ChartColours& colours) {
    QCPAxisRect* rect = addAxes(area, 0, colours);
    rect->setMinimumMargins(QMargins(4, 6, 14, 4));
    QCPAxis& x = *rect->axis(QCPAxis::atBottom);
    QCPAxis& y = *rect->axis(QCPAxis::atLeft);
    setWhole(x, QStringLiteral("x"), rangeOf(choice_.xCriterion()));
    setWhole(y, QStringLiteral("y"), rangeOf(choice_.yCriterion()));
    x.setLabel(axisTitle(criterion(choice_.xCriterion())));
    y.setLabel(axisTitle(criterion(choice_.yCriterion())));
    if (QFontMetrics(y.labelFont()).horizontalAdvance(y.label()) > builtSize().height() - kAround.height())
        y.setLabel(arrowTitle(criterion(choice_.yCriterion())));
    addChance(x, y, colours);
    addFront(x, y, colours);
    named_.clear();
    const auto by = dominators(choice_.board(), {static_cast<std::size_t>(choice_.yCriterion()),
                                                 static_cast<std::size_t>(choice_.xCriterion())});
    for (int m = 0; m < modelCount(); ++m)
        if (drawn(m)) addModel(m, by[static_cast<std::size_t>(m)].has_value(), x, y, colours);
}

void ParetoChart::addInterval(int model, int c, bool across, QCPAxis& x, QCPAxis& y) {
    const BoardValue& of = value(model, c);
    if (!std::isfinite(of.low) || !std::isfinite(of.high)) return;
    auto* line = new QCPCurve(&x, &y);
    line->setPen(QPen(colourOf(model), 2.0));
    const double other = value(model, across ? choice_.yCriterion() : choice_.xCriterion()).value;
    for (const double end : {of.low, of.high}) line->addData(end, across ? end : other, across ? other : end);
}

void ParetoChart::addModel(int model, bool dominated, QCPAxis& x, QCPAxis& y, const ChartColours& colours) {
    const double valueX = value(model, choice_.xCriterion()).value;
    const double valueY = value(model, choice_.yCriterion()).value;
    addInterval(model, choice_.xCriterion(), true, x, y);
    addInterval(model, choice_.yCriterion(), false, x, y);
    auto* mark = new QCPGraph(&x, &y);
    const double size = bubbleOf(model);
    QCPScatterStyle style = markerStyle(choice_.marker(model), size, dominated ? colours.ground : colourOf(model));
    if (dominated) style.setPen(QPen(colourOf(model), 2.0));
    mark->setPen(QPen(colourOf(model), 1.0));  // of the mark's outline too, where it has none of its own
    mark->setScatterStyle(style);
    mark->setLineStyle(QCPGraph::lsNone);
    mark->addData(valueX, valueY);
    if (modelCount() <= kNamed) nameModel(model, dominated, x, y, colours);
}

/// Beside the mark, towards the middle and upwards, unless another name is there already.
void ParetoChart::nameModel(int model, bool dominated, QCPAxis& x, QCPAxis& y, const ChartColours& colours) {
    const QPointF at(value(model, choice_.xCriterion()).value, value(model, choice_.yCriterion()).value);
    if (!x.range().contains(at.x()) || !y.range().contains(at.y())) return;
    QStringList names;
    for (const ChartModel& one : choice_.models()) names << one.name;
    const QString name = shortModelNames(names).value(model);
    auto* text = new QCPItemText(this);
    text->position->setAxisRect(x.axisRect());
    text->position->setAxes(&x, &y);
    text->position->setCoords(at);
    const int gap = static_cast<int>(bubbleOf(model) / 2.0) + 2;
    text->setFont(figureFont(0.88));
    text->setColor(colours.text);
    text->setText(dominated ? tr("%1 (dominated)").arg(name) : name);
    // The axes get their place with the next replot, so that pixels can only be estimated from the chart's.
    const QSizeF room(builtSize().width() - kAround.width(), builtSize().height() - kAround.height());
    const QPointF mark((at.x() - x.range().lower) / x.range().size() * room.width(),
                       (y.range().upper - at.y()) / y.range().size() * room.height());
    const QFontMetricsF metrics(text->font());
    const auto width = [&] { return metrics.horizontalAdvance(text->text()) + gap; };
    // A mark that is dominated is hollow, too.
    if (mark.x() + width() > room.width() && mark.x() < width()) text->setText(name);
    const QSizeF size(width(), metrics.height() + gap - 2);
    const bool right = mark.x() < room.width() / 2.0;
    QRectF taken;
    Qt::Alignment side;
    double lines = 0.0;
    double least = std::numeric_limits<double>::infinity();
    for (const double away : {0.0, 1.4 * metrics.height()})
        for (const auto& [toRight, upwards] :
             {std::pair(right, true), std::pair(right, false), std::pair(!right, true), std::pair(!right, false)}) {
            const QRectF own(mark - QPointF(toRight ? 0.0 : size.width(), upwards ? size.height() + away : -away), size);
            double hidden = own.left() < 0.0 || own.right() > room.width() ? own.width() * own.height() : 0.0;
            for (const QRectF& other : std::as_const(named_)) {
                const QRectF common = own & other;
                hidden += common.width() * common.height();
            }
            if (hidden >= least) continue;
            least = hidden;
            taken = own;
            lines = away;
            side = (upwards ? Qt::AlignBottom : Qt::AlignTop) | (toRight ? Qt::AlignLeft : Qt::AlignRight);
        }
    named_.append(taken);
    const int beyond = gap - 2 + static_cast<int>(lines);
    text->setPositionAlignment(side);
    text->setPadding(QMargins(gap, side & Qt::AlignTop ? beyond : 0, gap, side & Qt::AlignTop ? 0 : beyond));
}

void ParetoChart::addChance(QCPAxis& x, QCPAxis& y, const ChartColours& colours) {
    for (const bool across : {true, false}) {
        const double chance = criterion(across ? choice_.xCriterion() : choice_.yCriterion()).chance;
        if (!std::isfinite(chance)) continue;
        auto* line = new QCPItemStraightLine(this);
        line->setClipAxisRect(x.axisRect());
        line->point1->setAxes(&x, &y);
        line->point2->setAxes(&x, &y);
        line->point1->setCoords(across ? chance : 0.0, across ? 0.0 : chance);
        line->point2->setCoords(across ? chance : 1.0, across ? 1.0 : chance);
        line->setPen(QPen(colours.secondaryText, 1.0, Qt::DashLine));
        if (!(across ? x : y).range().contains(chance)) continue;
        auto* text = new QCPItemText(this);
        text->position->setAxisRect(x.axisRect());
        text->position->setAxes(&x, &y);
        text->position->setCoords(across ? chance : x.range().upper, across ? y.range().lower : chance);
        text->setPositionAlignment(Qt::AlignBottom | (across ? Qt::AlignLeft : Qt::AlignRight));
        text->setPadding(QMargins(4, 0, 4, 2));
        text->setFont(figureFont(0.8));
        text->setColor(colours.secondaryText);
        text->setText(tr("chance"));
    }
}

void ParetoChart::addFront(QCPAxis& x, QCPAxis& y, const ChartColours& colours) {
    const auto by = dominators(choice_.board(), {static_cast<std::size_t>(choice_.yCriterion()),
                                                 static_cast<std::size_t>(choice_.xCriterion())});
    auto* line = new QCPGraph(&x, &y);
    line->setPen(QPen(colours.secondaryText, 1.0, Qt::DotLine));
    for (int m = 0; m < modelCount(); ++m)
        if (!by[static_cast<std::size_t>(m)] && drawn(m))
            line->addData(value(m, choice_.xCriterion()).value, value(m, choice_.yCriterion()).value);
}

QString ParetoChart::words(int model) const {
    QString words = choice_.models()[model].name;
    QVector<int> axes = {choice_.yCriterion(), choice_.xCriterion()};
    if (choice_.sizeCriterion() >= 0) axes.append(choice_.sizeCriterion());
    for (const int c : axes)
        words +=
            QStringLiteral("\n%1: %2").arg(coreWords(criterion(c).title), wholeWords(criterion(c), value(model, c)));
    const auto by = dominators(choice_.board(), {static_cast<std::size_t>(axes[0]),
                                                 static_cast<std::size_t>(axes[1])})[static_cast<std::size_t>(model)];
    if (by)
        words += QStringLiteral("\n") +
                 tr("%1 is as good or better by both.").arg(choice_.models()[static_cast<int>(*by)].name);
    return words;
}

Chart::Hit ParetoChart::hitAt(const QPointF& position) const {
    if (axisRectCount() == 0 || !axisRect(0)->rect().contains(position.toPoint())) return {};
    const QCPAxis& x = *axisRect(0)->axis(QCPAxis::atBottom);
    const QCPAxis& y = *axisRect(0)->axis(QCPAxis::atLeft);
    int nearest = -1;
    double least = std::numeric_limits<double>::infinity();
    for (int m = 0; m < modelCount(); ++m) {
        if (!drawn(m)) continue;
        const QPointF mark(x.coordToPixel(value(m, choice_.xCriterion()).value),
                           y.coordToPixel(value(m, choice_.yCriterion()).value));
        const double distance = QLineF(mark, position).length();
        if (distance > bubbleOf(m) / 2.0 + 5.0 || distance >= least) continue;
        least = distance;
        nearest = m;
    }
    return nearest < 0 ? Hit{} : Hit{words(nearest), nearest};
}

QString ParetoChart::figuresInWords() const {
    QStringList lines;
    for (int m = 0; m < modelCount(); ++m) lines << words(m);
    return lines.join(QStringLiteral("; "));
}

QString ParetoChart::csv() const {
    QString csv = QStringLiteral("model,criterion,value,low,high\n");
    if (!emptyWords().isEmpty()) return csv;
    for (int m = 0; m < modelCount(); ++m)
        for (const int c : {choice_.xCriterion(), choice_.yCriterion(), choice_.sizeCriterion()})
            if (c >= 0)
                csv += csvRow({choice_.models()[m].name, QString::fromStdString(criterion(c).name),
                               csvFigure(value(m, c).value), csvFigure(value(m, c).low), csvFigure(value(m, c).high)});
    return csv;
}

}  // namespace discern
