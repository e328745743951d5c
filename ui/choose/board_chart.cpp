#include "ui/choose/board_chart.h"

#include <cmath>

#include "ui/choose/criterion_words.h"
#include "ui/theme/model_marker.h"
#include "ui/words/core_words.h"

namespace discern {

namespace {

constexpr double kFaded = 0.4;
constexpr int kDragDistance = 4;
constexpr int kKeyed = 12;  // models that a key has room for; more say their names on hover

}  // namespace

QCPScatterStyle markerStyle(int marker, double size, const QColor& colour) {
    const QTransform scale = QTransform::fromScale(size, size);
    return QCPScatterStyle(scale.map(markerPath(marker)), QPen(Qt::NoPen), QBrush(colour), 6.0);
}

BoardChart::BoardChart(const QString& title, Choice& choice, QWidget* parent) : Chart(title, parent), choice_(choice) {
    connect(this, &Chart::modelSelected, &choice_, &Choice::select);
    connect(&choice_, &Choice::selectionChanged, this, [this](int model) { selectModel(model); });
    connect(&choice_, &Choice::boardChanged, this, [this] {
        forgetZoom();
        boardShown();
    });
}

QString BoardChart::emptyWords() const {
    return choice_.empty() ? tr("Evaluate a folder to see here how the models differ.") : QString();
}

QString BoardChart::figuresInWords() const {
    QStringList lines;
    for (int m = 0; m < modelCount(); ++m)
        for (const int c : choice_.shown())
            lines << QStringLiteral("%1, %2: %3")
                         .arg(choice_.models()[m].name, coreWords(criterion(c).title),
                              valueWords(criterion(c), value(m, c)));
    return lines.join(QStringLiteral("; "));
}

void BoardChart::build(QCPLayoutGrid& area, const ChartColours& colours) {
    names_.clear();  // every build makes its axes anew
    fill(area, colours);
}

QVector<ChartModel> BoardChart::models() const {
    return modelCount() <= kKeyed ? choice_.models() : QVector<ChartModel>();
}

double BoardChart::opacity(int model) const {
    return exporting() || selectedModel() < 0 || selectedModel() == model ? 1.0 : kFaded;
}

QColor BoardChart::colourOf(int model) const {
    QColor colour = modelColour(choice_.marker(model));
    colour.setAlphaF(static_cast<float>(opacity(model)));
    return colour;
}

void BoardChart::setWhole(QCPAxis& axis, const QString& name, const QCPRange& whole) {
    names_[&axis] = name;
    axis.setRange(exporting() ? whole : zoomed_.value(name, whole));
}

void BoardChart::wheelEvent(QWheelEvent* event) {
    const double factor = std::pow(0.85, event->angleDelta().y() / 120.0);
    for (QCPAxisRect* rect : axisRects()) {
        if (!rect->rect().contains(event->position().toPoint())) continue;
        for (QCPAxis* axis : rect->axes()) {
            if (!names_.contains(axis)) continue;
            const double centre = axis->pixelToCoord(axis->orientation() == Qt::Horizontal ? event->position().x()
                                                                                           : event->position().y());
            axis->scaleRange(factor, centre);
            zoomed_[names_[axis]] = axis->range();
        }
        rebuild();
        return event->accept();
    }
    event->ignore();
}

void BoardChart::mousePressEvent(QMouseEvent* event) {
    grabbed_ = event->pos();
    dragged_ = false;
}

void BoardChart::mouseMoveEvent(QMouseEvent* event) {
    if (!(event->buttons() & Qt::LeftButton) || !grabbed_ || zoomed_.isEmpty()) return Chart::mouseMoveEvent(event);
    if (!dragged_ && (event->pos() - *grabbed_).manhattanLength() < kDragDistance) return;
    dragged_ = true;
    for (QCPAxis* axis : names_.keys()) {
        const bool across = axis->orientation() == Qt::Horizontal;
        const double from = axis->pixelToCoord(across ? grabbed_->x() : grabbed_->y());
        const double to = axis->pixelToCoord(across ? event->pos().x() : event->pos().y());
        axis->moveRange(from - to);
        zoomed_[names_[axis]] = axis->range();
    }
    grabbed_ = event->pos();
    replot(rpQueuedReplot);
}

void BoardChart::mouseReleaseEvent(QMouseEvent* event) {
    grabbed_.reset();
    if (!dragged_) Chart::mouseReleaseEvent(event);
    dragged_ = false;
}

void BoardChart::mouseDoubleClickEvent(QMouseEvent*) {
    forgetZoom();
    rebuild();
}

}  // namespace discern
