#include "ui/choose/confusion_table.h"

#include <QHeaderView>
#include <algorithm>
#include <numeric>

#include "core/evaluate/class_figures.h"
#include "ui/choose/criterion_words.h"
#include "ui/theme/theme.h"

namespace discern {

namespace {

constexpr int kLeastRow = 26;
constexpr int kHighestRow = 88;

}  // namespace

ConfusionTable::ConfusionTable(Choice& choice, QWidget* parent) : CellMatrix(tr("Confusion"), choice, parent) {
    verticalHeader()->setMinimumSectionSize(kLeastRow);
    connect(&choice_, &Choice::selectionChanged, this, &ConfusionTable::refresh);
    connect(&choice_, &Choice::ranked, this, &ConfusionTable::refresh);
    refresh();
}

void ConfusionTable::open(int row, int column) {
    if (model() >= 0) choice_.openCell(model(), rows_.value(row), columns_.value(column));
}

void ConfusionTable::redraw() {
    shownModel_ = -2;
    refresh();
}

int ConfusionTable::model() const {
    if (choice_.empty() || choice_.ranking().order.empty()) return -1;
    return choice_.selected() >= 0 ? choice_.selected() : static_cast<int>(choice_.ranking().order.front().model);
}

QString ConfusionTable::title() const {
    if (model() < 0) return tr("Confusion");
    const QString title = tr("Confusion of %1: rows are the truth, columns its answers").arg(choice_.models()[model()].name);
    return hidden_ > 0 ? title + tr("; %n class(es) with fewer errors are left out", nullptr, hidden_) : title;
}

void ConfusionTable::refresh() {
    if (model() == shownModel_) return;
    shownModel_ = model();
    hidden_ = 0;
    clear();
    setRowCount(0);
    setColumnCount(0);
    if (shownModel_ < 0) return;
    const ModelEvaluation& of = choice_.evaluation().models[static_cast<std::size_t>(shownModel_)];
    if (of.images.empty()) return;
    const Labelled answers(of.answers);
    const cv::Mat table = confusion(answers, equalWeights(answers));
    const auto wrongOf = [&](int c) {
        const double right = c < table.cols ? table.at<double>(c, c) : 0.0;
        const double given = c < table.cols ? cv::sum(table.col(c))[0] : 0.0;
        return cv::sum(table.row(c))[0] + given - 2.0 * right;
    };
    rows_.resize(table.rows);
    std::iota(rows_.begin(), rows_.end(), 0);
    // Classes that neither occur nor are answered say nothing.
    rows_.removeIf(
        [&](int c) { return cv::sum(table.row(c))[0] == 0.0 && (c >= table.cols || cv::sum(table.col(c))[0] == 0.0); });
    hidden_ = std::max(0, static_cast<int>(rows_.size()) - kMost);
    if (hidden_ > 0) {
        std::ranges::stable_sort(rows_, std::ranges::greater(), wrongOf);
        rows_.resize(kMost);
        std::ranges::sort(rows_);
    }
    columns_ = rows_;
    columns_.removeIf([&](int c) { return c >= table.cols; });
    setRowCount(static_cast<int>(rows_.size()));
    setColumnCount(static_cast<int>(columns_.size()));
    QStringList rowNames;
    QStringList columnNames;
    for (const int c : std::as_const(rows_))
        rowNames << QString::fromStdString(of.answers.classes[static_cast<std::size_t>(c)]);
    for (const int c : std::as_const(columns_))
        columnNames << QString::fromStdString(of.answers.classes[static_cast<std::size_t>(c)]);
    setVerticalHeaderLabels(rowNames);
    setHorizontalHeaderLabels(columnNames);
    for (int r = 0; r < rowCount(); ++r)
        for (int c = 0; c < columnCount(); ++c)
            addCell(r, c, table.at<double>(rows_[r], columns_[c]), cv::sum(table.row(rows_[r]))[0],
                    rows_[r] == columns_[c]);
    fitRows();
}

/// Few classes share the height.
void ConfusionTable::fitRows() {
    if (rowCount() == 0) return;
    const int height = std::clamp(viewport()->height() / rowCount(), kLeastRow, kHighestRow);
    for (int row = 0; row < rowCount(); ++row) setRowHeight(row, height);
}

void ConfusionTable::resizeEvent(QResizeEvent* event) {
    QTableWidget::resizeEvent(event);
    fitRows();
}

void ConfusionTable::addCell(int row, int column, double count, double ofTruth, bool right) {
    auto* item = new QTableWidgetItem(QString::number(count));
    const double share = ofTruth > 0.0 ? count / ofTruth : 0.0;
    QColor ground = right ? currentColours().focus : currentColours().warning;
    ground.setAlphaF(static_cast<float>(0.55 * share));
    item->setBackground(ground);
    item->setForeground(currentColours().text);
    item->setTextAlignment(Qt::AlignCenter);
    const QString truth = verticalHeaderItem(row)->text();
    const QString answer = horizontalHeaderItem(column)->text();
    item->setToolTip(
        tr("%1 taken for %2: %n image(s), %3 % of its images. Click to see them.", nullptr, static_cast<int>(count))
            .arg(truth, answer)
            .arg(100.0 * share, 0, 'f', 1));
    setItem(row, column, item);
}

QString ConfusionTable::csv() const {
    QStringList head = {QStringLiteral("truth")};
    for (int c = 0; c < columnCount(); ++c) head << horizontalHeaderItem(c)->text();
    QString csv = csvRow(head);
    for (int r = 0; r < rowCount(); ++r) {
        QStringList line = {verticalHeaderItem(r)->text()};
        for (int c = 0; c < columnCount(); ++c) line << item(r, c)->text();
        csv += csvRow(line);
    }
    return csv;
}

}  // namespace discern
