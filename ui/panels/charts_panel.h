#pragma once

#include <QWidget>
#include <functional>

#include "ui/session/agreements.h"

class QSplitter;

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
    ChartsPanel(Session& session, Predictions& predictions, Agreements& agreements, QWidget* parent = nullptr);

    [[nodiscard]] QList<Chart*> charts() const;
    [[nodiscard]] static QString titleOf(int chart);

private:
    void refreshSoon();
    void refresh();
    void refreshProbabilities();
    void refreshComplexity();
    void refreshAgreement();
    void selectModel(int shownIndex);
    void selectPair(int row, int column);
    void changeView(const std::function<void(ViewChoices&)>& change);
    void showView();

    Session& session_;
    Predictions& predictions_;
    Agreements& agreements_;
    ProbabilityChart* probabilities_ = nullptr;
    ComplexityChart* complexity_ = nullptr;
    AgreementChart* agreement_ = nullptr;
    QSplitter* splitter_ = nullptr;
    QTimer timer_;
};

}  // namespace discern
