#include "ui/choose/confusion_table.h"

#include <QHeaderView>
#include <algorithm>
#include <array>
#include <numeric>

#include "core/choose/confused_classes.h"
#include "core/evaluate/class_figures.h"
#include "ui/choose/criterion_words.h"
#include "ui/theme/theme.h"

namespace discern {

namespace {

constexpr int kLeastRow = 26;
constexpr int kHighestRow = 88;
constexpr std::array kLabelCells = {LabelCell::Found, LabelCell::Missed, LabelCell::FalselyGiven, LabelCell::RightlyNot};

}  // namespace

ConfusionTable::ConfusionTable(Choice& choice, QWidget* parent) : CellMatrix(tr("Confusion"), choice, parent) {
    verticalHeader()->setMinimumSectionSize(kLeastRow);
    connect(&choice_, &Choice::selectionChanged, this, &ConfusionTable::refresh);
    connect(&choice_, &Choice::ranked, this, &ConfusionTable::refresh);
    refresh();
}

void ConfusionTable::open(int row, int column) {
    const auto truth = static_cast<std::size_t>(row);
    const auto answer = static_cast<std::size_t>(column);
    if (model() < 0 || truth >= rows_.size()) return;
    if (choice_.evaluation().set.several)
        choice_.openLabelCell(model(), rows_[truth], kLabelCells.at(answer), horizontalHeaderItem(column)->text());
    else
        choice_.openCell(model(), rows_[truth], rows_[answer]);
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
    const QString name = choice_.models()[model()].name;
    if (choice_.evaluation().set.several) {
        const QString title = tr("Labels of %1, given from a probability of %2 on")
                                  .arg(name)
                                  .arg(choice_.evaluation().models[static_cast<std::size_t>(model())].answers.threshold);
        return hidden_ > 0 ? title + tr("; %n label(s) with fewer errors [is|are] left out", nullptr, hidden_) : title;
    }
    const QString title = tr("Confusion of %1: rows are the truth, columns its answers").arg(name);
    return hidden_ > 0 ? title + tr("; %n class(es) with fewer errors [is|are] left out", nullptr, hidden_) : title;
}

void ConfusionTable::refresh() {
    if (model() == shownModel_) return;
    shownModel_ = model();
    hidden_ = 0;
    rows_.clear();
    clear();
    setRowCount(0);
    setColumnCount(0);
    if (shownModel_ < 0) return;
    const ModelEvaluation& of = choice_.evaluation().models[static_cast<std::size_t>(shownModel_)];
    if (of.images.empty()) return;
    const Labelled answers(of.answers);
    if (answers.several())
        showLabels(answers);
    else
        showClasses(answers);
    fitRows();
}

void ConfusionTable::setHeads(const Answers& answers, const QStringList& columns) {
    setRowCount(static_cast<int>(rows_.size()));
    setColumnCount(static_cast<int>(columns.size()));
    QStringList names;
    for (const int c : rows_) names << QString::fromStdString(answers.classes[static_cast<std::size_t>(c)]);
    setVerticalHeaderLabels(names);
    setHorizontalHeaderLabels(columns);
}

void ConfusionTable::showClasses(const Labelled& answers) {
    const ConfusedClasses part = confusedClasses(answers, kMost);
    rows_ = part.rows;
    hidden_ = static_cast<int>(part.hidden);
    QStringList columns;
    for (std::size_t c = 0; c < part.columns; ++c)
        columns << QString::fromStdString(answers.answers().classes[static_cast<std::size_t>(rows_[c])]);
    setHeads(answers.answers(), columns);
    for (int r = 0; r < rowCount(); ++r)
        for (int c = 0; c < columnCount(); ++c) {
            const int truth = rows_[static_cast<std::size_t>(r)];
            const int answer = rows_[static_cast<std::size_t>(c)];
            const double count = part.counts.at<double>(truth, answer);
            addCell(r, c, count, part.of(truth), r == c,
                    tr("%1 taken for %2: %n image(s), %3 % of its images. Click to see them.", nullptr, static_cast<int>(count))
                        .arg(verticalHeaderItem(r)->text(), horizontalHeaderItem(c)->text()));
        }
}

void ConfusionTable::showLabels(const Labelled& answers) {
    const std::vector<LabelCounts> counts = labelCounts(answers, equalWeights(answers));
    rows_.resize(counts.size());
    std::iota(rows_.begin(), rows_.end(), 0);
    const auto wrong = [&](int label) {
        const LabelCounts& of = counts[static_cast<std::size_t>(label)];
        return of.missed + of.falselyGiven;
    };
    hidden_ = std::max(0, static_cast<int>(rows_.size()) - kMost);
    std::ranges::stable_sort(rows_, std::ranges::greater(), wrong);
    rows_.resize(std::min<std::size_t>(kMost, rows_.size()));
    std::ranges::sort(rows_);
    setHeads(answers.answers(), {tr("found"), tr("missed"), tr("falsely given"), tr("rightly not")});
    for (int r = 0; r < rowCount(); ++r) {
        const LabelCounts& of = counts[static_cast<std::size_t>(rows_[static_cast<std::size_t>(r)])];
        const double with = of.found + of.missed;
        const double without = of.falselyGiven + of.rightlyNot;
        const auto add = [&](int column, double count, double all, bool right) {
            addCell(r, column, count, all, right,
                    (column < 2 ? tr("%1, %2: %n image(s), %3 % of those that have it. Click to see them.", nullptr, static_cast<int>(count))
                                : tr("%1, %2: %n image(s), %3 % of those that do not have it. Click to see them.", nullptr,
                                     static_cast<int>(count)))
                        .arg(verticalHeaderItem(r)->text(), horizontalHeaderItem(column)->text()));
        };
        add(0, of.found, with, true);
        add(1, of.missed, with, false);
        add(2, of.falselyGiven, without, false);
        add(3, of.rightlyNot, without, true);
    }
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

void ConfusionTable::addCell(int row, int column, double count, double of, bool right, const QString& told) {
    auto* item = new QTableWidgetItem(QString::number(count));
    const double share = of > 0.0 ? count / of : 0.0;
    QColor ground = right ? currentColours().focus : currentColours().warning;
    ground.setAlphaF(static_cast<float>(0.55 * share));
    item->setBackground(ground);
    item->setForeground(currentColours().text);
    item->setTextAlignment(Qt::AlignCenter);
    item->setToolTip(told.arg(100.0 * share, 0, 'f', 1));
    setItem(row, column, item);
}

QString ConfusionTable::csv() const {
    const bool several = !choice_.empty() && choice_.evaluation().set.several;
    QStringList head = {several ? QStringLiteral("label") : QStringLiteral("truth")};
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
