#include "ui/charts/curve_chart.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/render/color_bar.h"
#include "ui/theme/model_marker.h"
#include "ui/theme/theme.h"

namespace discern {

namespace {

constexpr double kNear = 12.0;       // pixels within which a curve is meant
constexpr double kHintRoom = 0.16;  // of the axis, above the curves
constexpr double kKeyStep = 1 / 28.0;  // of the axis

/// The smallest and largest finite value of all curves, 0 and 1 among them: most scores are probabilities.
QCPRange heights(const QVector<MeasuredCurve>& curves) {
    QCPRange range(0.0, 0.0);
    for (const MeasuredCurve& curve : curves)
        for (const double y : curve.y)
            if (std::isfinite(y)) range.expand(y);
    return range.size() > 0.0 ? QCPRange(range.lower, range.upper + kHintRoom * range.size()) : QCPRange(0.0, 1.0);
}

}  // namespace

std::optional<double> valueAt(const MeasuredCurve& curve, double x) {
    for (qsizetype i = 0; i + 1 < std::min(curve.x.size(), curve.y.size()); ++i) {
        const double from = curve.x[i], to = curve.x[i + 1];
        if (x < from || x > to) continue;
        const double share = to > from ? (x - from) / (to - from) : 0.0;
        const double y = (1.0 - share) * curve.y[i] + share * curve.y[i + 1];
        return std::isfinite(y) ? std::optional(y) : std::nullopt;
    }
    return std::nullopt;
}

CurveChart::CurveChart(QWidget* parent) : Chart(tr("Curve"), parent) {
    setFocusPolicy(Qt::StrongFocus);
    rebuild();
}

void CurveChart::setData(const CurveData& curves) {
    data_ = curves;
    rebuild();
}

void CurveChart::setStep(std::optional<double> x) {
    if (x == step_) return;
    step_ = x;
    rebuild();
}

QString CurveChart::title() const { return data_.title.isEmpty() ? Chart::title() : data_.title; }

QString CurveChart::emptyWords() const {
    return data_.curves.isEmpty() ? tr("Measure deletion or insertion to see how the answer follows the map.") : QString();
}

double CurveChart::widest() const {
    double widest = 0.0;
    for (const MeasuredCurve& curve : data_.curves)
        for (const double x : curve.x) widest = std::max(widest, x);
    return widest > 0.0 ? widest : 1.0;
}

void CurveChart::build(QCPLayoutGrid& area, const ChartColours& colours) {
    QCPAxisRect* rect = addAxes(area, 0, colours);
    rect->axis(QCPAxis::atBottom)->setRange(0.0, widest());
    rect->axis(QCPAxis::atBottom)->setLabel(data_.xLabel);
    rect->axis(QCPAxis::atLeft)->setRange(heights(data_.curves));
    rect->axis(QCPAxis::atLeft)->setLabel(data_.yLabel);
    for (const MeasuredCurve& curve : std::as_const(data_.curves)) {
        addCurve(curve, *rect, colours);
        if (curve.model < 0) addName(curve, *rect, colours);
    }
    if (exporting()) return;
    if (step_) addStep(*rect, colours);
    addHint(*rect, colours);
}

void CurveChart::addCurve(const MeasuredCurve& curve, QCPAxisRect& rect, const ChartColours& colours) {
    auto* graph = addGraph(rect.axis(QCPAxis::atBottom), rect.axis(QCPAxis::atLeft));
    QPen pen(colours.secondaryText, 1.2, Qt::DashLine);
    if (curve.model >= 0) {
        const bool chosen = curve.model == selectedModel() && data_.models.size() > 1 && !exporting();
        pen = QPen(modelColour(data_.models[curve.model].marker), chosen ? 3.0 : 1.8);
    }
    graph->setPen(pen);
    for (qsizetype i = 0; i < std::min(curve.x.size(), curve.y.size()); ++i)
        if (std::isfinite(curve.y[i])) graph->addData(curve.x[i], curve.y[i]);
}

/// Beside the curve, where the models' curves leave most room.
void CurveChart::addName(const MeasuredCurve& curve, QCPAxisRect& rect, const ChartColours& colours) {
    double best = -1.0;
    QPointF at;
    bool above = true;
    for (const double share : {0.25, 0.35, 0.45, 0.55, 0.65}) {
        const auto own = valueAt(curve, share * widest());
        if (!own) continue;
        double room = std::numeric_limits<double>::infinity();
        double nearest = 0.0;
        for (const MeasuredCurve& other : std::as_const(data_.curves)) {
            const auto y = other.model < 0 ? std::nullopt : valueAt(other, share * widest());
            if (!y || std::abs(*y - *own) >= room) continue;
            room = std::abs(*y - *own);
            nearest = *y;
        }
        if (room <= best) continue;
        best = room;
        at = {share * widest(), *own};
        above = nearest < *own;
    }
    if (best < 0.0) return;
    auto* text = new QCPItemText(this);
    text->position->setAxisRect(&rect);
    text->position->setAxes(rect.axis(QCPAxis::atBottom), rect.axis(QCPAxis::atLeft));
    text->position->setCoords(at);
    // Near the upper end there is no room above.
    const bool below = !above || at.y() > 0.85 * rect.axis(QCPAxis::atLeft)->range().upper;
    text->setPositionAlignment(Qt::AlignHCenter | (below ? Qt::AlignTop : Qt::AlignBottom));
    text->setPadding(QMargins(0, 4, 0, 4));
    text->setFont(figureFont(0.84));
    text->setColor(colours.secondaryText);
    text->setText(curve.name);
}

QString CurveChart::hint() const {
    if (!step_) return data_.stepsShown ? tr("drag to see each step in the cells") : QString();
    return data_.stepsShown ? tr("%1\u00a0%: shown in every cell").arg(std::lround(100.0 * *step_ / widest())) : figure(*step_);
}

/// What the line over the curves is for; where it stands, how far along.
void CurveChart::addHint(QCPAxisRect& rect, const ChartColours& colours) {
    if (hint().isEmpty()) return;
    auto* text = new QCPItemText(this);
    text->position->setAxisRect(&rect);
    text->position->setAxes(rect.axis(QCPAxis::atBottom), rect.axis(QCPAxis::atLeft));
    const bool left = step_.value_or(widest()) > 0.5 * widest();
    text->position->setCoords(step_.value_or(widest()), rect.axis(QCPAxis::atLeft)->range().upper);
    text->setPositionAlignment(Qt::AlignTop | (left ? Qt::AlignRight : Qt::AlignLeft));
    text->setPadding(QMargins(5, 1, 5, 0));
    text->setFont(figureFont(0.84));
    text->setColor(step_ ? colours.text : colours.secondaryText);
    text->setText(hint());
}

void CurveChart::addStep(QCPAxisRect& rect, const ChartColours& colours) {
    auto* line = new QCPItemStraightLine(this);
    line->setClipAxisRect(&rect);
    for (QCPItemPosition* point : {line->point1, line->point2}) {
        point->setAxisRect(&rect);
        point->setAxes(rect.axis(QCPAxis::atBottom), rect.axis(QCPAxis::atLeft));
    }
    line->point1->setCoords(*step_, 0.0);
    line->point2->setCoords(*step_, 1.0);
    line->setPen(QPen(colours.text, 1.0, Qt::DotLine));
    for (const MeasuredCurve& curve : std::as_const(data_.curves)) {
        const auto y = valueAt(curve, *step_);
        if (!y || curve.model < 0) continue;
        auto* dot = addGraph(rect.axis(QCPAxis::atBottom), rect.axis(QCPAxis::atLeft));
        dot->setLineStyle(QCPGraph::lsNone);
        dot->setScatterStyle({QCPScatterStyle::ssDisc, modelColour(data_.models[curve.model].marker), 7.0});
        dot->addData(*step_, *y);
    }
}

std::optional<double> CurveChart::stepAt(const QPointF& position, bool held) const {
    const QCPAxisRect* rect = axisRectCount() > 0 ? axisRect(0) : nullptr;
    if (!rect || (!held && !rect->rect().contains(position.toPoint()))) return std::nullopt;
    return std::clamp(rect->axis(QCPAxis::atBottom)->pixelToCoord(position.x()), 0.0, widest());
}

Chart::Hit CurveChart::hitAt(const QPointF& position) const {
    const auto x = stepAt(position, false);
    if (!x) return {};
    const QCPAxis* vertical = axisRect(0)->axis(QCPAxis::atLeft);
    Hit hit;
    double nearest = kNear;
    for (const MeasuredCurve& curve : data_.curves) {
        const auto y = valueAt(curve, *x);
        if (!y) continue;
        const double distance = std::abs(vertical->coordToPixel(*y) - position.y());
        if (distance >= nearest) continue;
        nearest = distance;
        const QString whose = curve.model < 0 ? curve.name : data_.models[curve.model].name + " · " + curve.name;
        hit = {tr("%1: %2 at %3").arg(whose, figure(*y), figure(*x)), curve.model};
    }
    return hit;
}

void CurveChart::move(std::optional<double> x) {
    if (x == step_) return;
    setStep(x);
    Q_EMIT stepped(x);
}

void CurveChart::mousePressEvent(QMouseEvent* event) {
    const auto x = stepAt(event->position(), false);
    if (event->button() != Qt::LeftButton || !x || !emptyWords().isEmpty()) return;
    setFocus(Qt::MouseFocusReason);
    dragging_ = true;
    move(x);
}

void CurveChart::mouseMoveEvent(QMouseEvent* event) {
    if (dragging_)
        move(stepAt(event->position(), true));
    else
        Chart::mouseMoveEvent(event);
}

void CurveChart::mouseReleaseEvent(QMouseEvent* event) {
    dragging_ = false;
    Chart::mouseReleaseEvent(event);
}

void CurveChart::keyPressEvent(QKeyEvent* event) {
    const double by = kKeyStep * widest();
    switch (event->key()) {
        case Qt::Key_Left:
            return move(std::max(0.0, step_.value_or(widest()) - by));
        case Qt::Key_Right:
            return move(std::min(widest(), step_.value_or(-by) + by));
        case Qt::Key_Escape:
            if (step_) return move(std::nullopt);
            break;
        default:
            break;
    }
    Chart::keyPressEvent(event);
}

QString CurveChart::figuresInWords() const {
    QStringList lines;
    for (const MeasuredCurve& curve : data_.curves) {
        if (curve.x.isEmpty()) continue;
        const QString whose = curve.model < 0 ? curve.name : data_.models[curve.model].name + " · " + curve.name;
        lines << tr("%1: from %2 to %3").arg(whose, figure(curve.y.first()), figure(curve.y.last()));
    }
    return lines.join(QStringLiteral("; "));
}

}  // namespace discern
