#include "ui/charts/agreement_chart.h"

#include <QHeaderView>
#include <algorithm>

#include "ui/charts/agreement_delegate.h"
#include "ui/charts/agreement_table.h"

namespace discern {

AgreementChart::AgreementChart(QWidget* parent)
    : Chart(tr("Agreement of attributions (1: the same)"), parent),
      pairs_(new AgreementModel(this)),
      view_(new QTableView(this)),
      figures_(new AgreementDelegate(view_)),
      measure_(new QComboBox(this)) {
    view_->setAccessibleName(tr("Pairs of attributions"));
    view_->setModel(pairs_);
    view_->setItemDelegate(figures_);
    view_->setFrameShape(QFrame::NoFrame);
    view_->setShowGrid(false);
    view_->setTabKeyNavigation(false);
    view_->setSelectionMode(QAbstractItemView::NoSelection);
    view_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    view_->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    for (QHeaderView* header : {view_->horizontalHeader(), view_->verticalHeader()}) {
        header->hide();
        header->setMinimumSectionSize(1);
        header->setSectionResizeMode(QHeaderView::Fixed);
    }
    view_->hide();
    measure_->setAccessibleName(tr("Measure of agreement"));
    measure_->hide();
    const auto choose = [this](const QModelIndex& index) { Q_EMIT pairChosen(index.row(), index.column()); };
    connect(view_, &QTableView::clicked, this, choose);
    connect(view_, &QTableView::activated, this, choose);
    connect(this, &QCustomPlot::afterLayout, this, &AgreementChart::placeControls);
    connect(measure_, &QComboBox::currentIndexChanged, this, [this] { setData(data_); });
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
    const QModelIndex at = view_->currentIndex();
    pairs_->show(data_, measure());
    const int last = std::max(0, pairs_->rowCount() - 1);
    view_->setCurrentIndex(at.isValid() ? pairs_->index(std::min(at.row(), last), std::min(at.column(), last))
                                        : pairs_->index(0, std::min(1, last)));
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

QString AgreementChart::title() const {
    for (const AgreementMap& a : data_.maps)
        for (const AgreementMap& b : data_.maps)
            if (differentClasses(a, b)) return tr("Agreement of attributions (◥: of different classes)");
    return Chart::title();
}

QSize AgreementChart::exportSize() const {
    constexpr QSize kAround(24, 60);
    return Chart::exportSize().expandedTo(AgreementTable::wholeSize(data_) + kAround);
}

void AgreementChart::build(QCPLayoutGrid& area, const ChartColours& colours) {
    table_ = new AgreementTable(this, data_, *pairs_, colours);
    area.addElement(0, 0, table_);
    measure_->setToolTip(pairs_->matrix()->tells);
}

/// The choice lies over the measure's name and the view over the pairs, both of which exports show.
void AgreementChart::placeControls() {
    const bool shown = table_ && emptyWords().isEmpty();
    measure_->setVisible(shown);
    view_->setVisible(shown);
    if (!shown) return;
    measure_->setGeometry(table_->measureRect());
    figures_->setFigures(AgreementDelegate::figuresFont(*pairs_, table_->cellRect(0, 0).size()));
    const int count = pairs_->rowCount();
    for (int i = 0; i < count; ++i) {
        view_->setColumnWidth(i, table_->cellRect(0, i).width());
        view_->setRowHeight(i, table_->cellRect(i, 0).height());
    }
    view_->setGeometry(table_->cellRect(0, 0).united(table_->cellRect(count - 1, count - 1)));
}

QString AgreementChart::figuresInWords() const {
    QStringList lines;
    for (int r = 0; r < pairs_->rowCount(); ++r)
        for (int c = 0; c < r; ++c) lines << pairs_->index(r, c).data(Qt::AccessibleTextRole).toString();
    return lines.join(QStringLiteral("; "));
}

void AgreementChart::resizeEvent(QResizeEvent* event) {
    Chart::resizeEvent(event);
    placeControls();
}

}  // namespace discern
