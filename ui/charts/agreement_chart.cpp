#include "ui/charts/agreement_chart.h"

#include <QKeyEvent>
#include <algorithm>
#include <cmath>

#include "ui/charts/agreement_table.h"

namespace discern {

AgreementChart::AgreementChart(QWidget* parent)
    : Chart(tr("Agreement of attributions (1: the same)"), parent), measure_(new QComboBox(this)) {
    setFocusPolicy(Qt::StrongFocus);
    measure_->setAccessibleName(tr("Measure of agreement"));
    measure_->hide();
    connect(this, &QCustomPlot::afterLayout, this, &AgreementChart::placeMeasure);
    connect(measure_, &QComboBox::currentIndexChanged, this, [this] {
        if (!data_.measures.isEmpty()) rebuild();
    });
    connect(measure_, &QComboBox::activated, this, &AgreementChart::measureChosen);
    rebuild();
}

void AgreementChart::setData(const AgreementData& agreement) {
    const QSignalBlocker blocker(measure_);
    data_ = agreement;
    if (measure_->count() != agreement.measures.size()) {
        measure_->clear();
        for (const AgreementMatrix& matrix : agreement.measures) {
            measure_->addItem(matrix.measure);
            measure_->setItemData(measure_->count() - 1, matrix.tells, Qt::ToolTipRole);
        }
    }
    const int last = std::max<int>(0, static_cast<int>(agreement.maps.size()) - 1);
    at_ = {std::min(at_.x(), last), std::min(at_.y(), last)};
    rebuild();
}

QString AgreementChart::emptyWords() const {
    return data_.maps.size() < 2 || data_.measures.isEmpty()
               ? tr("Explain one photograph with two models or two methods to see how far they agree.")
               : QString();
}

QVector<ChartModel> AgreementChart::models() const {
    QVector<ChartModel> models;
    for (const AgreementMap& map : data_.maps) {
        const bool known = std::any_of(models.begin(), models.end(),
                                       [&](const ChartModel& model) { return model.marker == map.model.marker; });
        if (!known) models.append(map.model);
    }
    return models;
}

void AgreementChart::build(QCPLayoutGrid& area, const ChartColours& colours) {
    table_ = new AgreementTable(this, data_, measure(), colours);
    if (hasFocus()) table_->setAt(at_);
    area.addElement(0, 0, table_);
    measure_->setToolTip(matrix().tells);
}

/// Draws anew without a rebuild, so that a click finds its cell while the focus comes with it.
void AgreementChart::showPlace() {
    if (table_) table_->setAt(hasFocus() ? std::optional(at_) : std::nullopt);
    replot(rpQueuedReplot);
}

/// The choice lies over the measure's name, which exports show.
void AgreementChart::placeMeasure() {
    measure_->setVisible(table_ && emptyWords().isEmpty());
    if (table_) measure_->setGeometry(table_->measureRect());
}

QPointF AgreementChart::placeOf(int row, int column) const {
    return table_ ? table_->cellRect(row, column).center() : QPointF();
}

QString AgreementChart::wordsOf(const AgreementMatrix& matrix, int row, int column) const {
    const auto name = [this](int i) {
        return QStringLiteral("%1 of %2").arg(data_.maps[i].method, data_.maps[i].model.name);
    };
    if (row == column) return name(row);
    const double value = matrix.values[row][column];
    return tr("%1 and %2: %3 %4").arg(name(row), name(column), matrix.measure,
                                     std::isnan(value) ? tr("undefined") : agreementFigure(value));
}

Chart::Hit AgreementChart::hitAt(const QPointF& position) const {
    const auto cell = table_ && emptyWords().isEmpty() ? table_->cellAt(position) : std::nullopt;
    if (!cell) return {};
    return {wordsOf(matrix(), cell->y(), cell->x()), cell->y()};
}

QString AgreementChart::figuresInWords() const {
    QStringList lines;
    for (int r = 0; r < data_.maps.size(); ++r)
        for (int c = 0; c < r; ++c) lines << wordsOf(matrix(), r, c);
    return lines.join(QStringLiteral("; "));
}

void AgreementChart::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !table_ || !emptyWords().isEmpty()) return;
    const auto cell = table_->cellAt(event->position());
    if (!cell) return;
    at_ = *cell;
    Q_EMIT pairChosen(cell->y(), cell->x());
}

void AgreementChart::keyPressEvent(QKeyEvent* event) {
    if (!emptyWords().isEmpty()) return QCustomPlot::keyPressEvent(event);
    const int last = static_cast<int>(data_.maps.size()) - 1;
    const auto move = [&](int columns, int rows) {
        at_ = {std::clamp(at_.x() + columns, 0, last), std::clamp(at_.y() + rows, 0, last)};
        showPlace();
        setAccessibleDescription(wordsOf(matrix(), at_.y(), at_.x()));
    };
    switch (event->key()) {
        case Qt::Key_Left:
            return move(-1, 0);
        case Qt::Key_Right:
            return move(1, 0);
        case Qt::Key_Up:
            return move(0, -1);
        case Qt::Key_Down:
            return move(0, 1);
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Space:
            Q_EMIT pairChosen(at_.y(), at_.x());
            return;
        default:
            QCustomPlot::keyPressEvent(event);
    }
}

void AgreementChart::focusInEvent(QFocusEvent* event) {
    QCustomPlot::focusInEvent(event);
    showPlace();
}

void AgreementChart::focusOutEvent(QFocusEvent* event) {
    QCustomPlot::focusOutEvent(event);
    showPlace();
}

void AgreementChart::resizeEvent(QResizeEvent* event) {
    Chart::resizeEvent(event);
    placeMeasure();
}

}  // namespace discern
