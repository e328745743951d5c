#pragma once

#include <QWidget>

#include "ui/session/explanations.h"

namespace discern {

class AgreementChart;
class Chart;
class ComplexityChart;
class ProbabilityChart;

/// The current picture's predictions, what the models weigh, and how far the attributions agree, as charts that share
/// one selected model.
class ChartsPanel : public QWidget {
    Q_OBJECT
public:
    ChartsPanel(Session& session, Predictions& predictions, Explanations& explanations, QWidget* parent = nullptr);

    [[nodiscard]] QList<Chart*> charts() const;
    [[nodiscard]] static QString titleOf(int chart);

private:
    void refreshSoon();
    void refresh();
    void refreshProbabilities();
    void refreshComplexity();
    void selectModel(int shownIndex);

    Session& session_;
    Predictions& predictions_;
    Explanations& explanations_;
    ProbabilityChart* probabilities_ = nullptr;
    ComplexityChart* complexity_ = nullptr;
    QTimer timer_;
};

}  // namespace discern
