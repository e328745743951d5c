#pragma once

#include <QWidget>

#include "ui/choose/choice.h"

class QComboBox;
class QLabel;
class QStackedWidget;
class QToolButton;

namespace discern {

class AnswersMatrix;
class AnswerCurves;
class BoardChart;
class ConfusionTable;
class MatrixChart;
class ParetoChart;

/// Two charts side by side: the trade-off between two criteria, and one that is chosen from a list.
class ChoiceCharts : public QWidget {
    Q_OBJECT
public:
    explicit ChoiceCharts(Choice& choice, QWidget* parent = nullptr);

    [[nodiscard]] ParetoChart& pareto() const { return *pareto_; }
    /// The chart of that name ("parallel", "bars", "roc", "recall", "reliability", "radar"); null for the tables
    /// "confusion" and "agreement".
    [[nodiscard]] BoardChart* chart(const QString& name) const;
    [[nodiscard]] ConfusionTable& confusion() const { return *confusion_; }
    [[nodiscard]] AnswersMatrix& agreement() const { return *agreement_; }
    void show(const QString& name);
    /// What is saved of the one that is chosen from the list, a table drawn as a chart; null where there is nothing.
    [[nodiscard]] Chart* savable();

Q_SIGNALS:
    void saveChartRequested(discern::Chart* chart, const QString& proposal);
    void saveTableRequested(const QString& csv, const QString& proposal);

private:
    QWidget* tradeOff();
    QWidget* chosen();
    void addView(const QString& name, const QString& title, QWidget* view);
    /// Its heading.
    QLabel* addTable(const QString& name, const QString& title, QWidget* table);
    QToolButton* saveButton(const std::function<Chart*()>& chart, const std::function<QString()>& csv,
                            const QString& proposal);
    void fillAxes();
    void refreshLabels();

    Choice& choice_;
    ParetoChart* pareto_;
    QComboBox* x_;
    QComboBox* y_;
    QComboBox* size_;
    QComboBox* views_;
    QComboBox* labels_;
    QStackedWidget* stack_;
    ConfusionTable* confusion_;
    AnswersMatrix* agreement_;
    MatrixChart* picture_;  ///< of one of the tables, for exports; never shown
};

}  // namespace discern
