#pragma once

#include <QElapsedTimer>
#include <QPointer>

#include "core/choose/choice_state.h"
#include "ui/charts/chart.h"
#include "ui/pages/page.h"
#include "ui/session/jobs/job_queue.h"

class QLabel;
class QProgressBar;
class QPushButton;
class QStackedWidget;

namespace discern {

class Choice;
class ChoiceCharts;
class RankingTable;
class ReasonPanel;
class WeightsPanel;
struct Board;
struct Evaluation;

/// Choosing among evaluated models: what matters, the ranking, charts behind it, and the reason in words.
class ChoosePage : public Page {
    Q_OBJECT
public:
    explicit ChoosePage(JobQueue& jobs, QObject* parent = nullptr);
    ~ChoosePage() override;

    [[nodiscard]] QWidget* centre() override;
    /// None: its panels stand beside the table.
    [[nodiscard]] std::vector<DockSpec> docks() override { return {}; }

    /// Shows an evaluation as soon as its intervals are worked out, in a job; null shows that there is none.
    void setEvaluation(std::shared_ptr<const Evaluation> evaluation);
    /// The same where the board is known.
    void setEvaluation(std::shared_ptr<const Evaluation> evaluation, std::shared_ptr<const Board> board);
    /// How far an evaluation is, instead of a board or above the one before; an empty stage: none is running.
    void showProgress(double fraction, const QString& stage);
    [[nodiscard]] const ChoiceState& state() const;
    void setState(const ChoiceState& state);

    [[nodiscard]] Choice& choice() { return *choice_; }
    [[nodiscard]] RankingTable& table() { return *table_; }
    [[nodiscard]] ChoiceCharts& charts() { return *charts_; }
    [[nodiscard]] WeightsPanel& weights() { return *weights_; }
    [[nodiscard]] ReasonPanel& reasons() { return *reasons_; }
    /// The selected model becomes the baseline, or no longer is it.
    void togglePinned();

Q_SIGNALS:
    void evaluateRequested();
    void cancelRequested();
    void reportRequested();
    void openImages(const QStringList& files, const QString& title);
    void saveChartRequested(discern::Chart* chart, const QString& proposal);
    void saveTableRequested(const QString& csv, const QString& proposal);
    void stateChanged();
    void failed(const QString& message);

private:
    [[nodiscard]] QString timeLeft(double fraction) const;
    QWidget* emptyState();
    QWidget* board();
    QWidget* progressRow();

    JobQueue& jobs_;
    Choice* choice_;
    RankingTable* table_;
    ChoiceCharts* charts_;
    WeightsPanel* weights_;
    ReasonPanel* reasons_;
    QPointer<QStackedWidget> centre_;
    QLabel* headline_ = nullptr;
    QLabel* waiting_ = nullptr;
    QProgressBar* bar_ = nullptr;
    QPushButton* evaluate_ = nullptr;
    QPushButton* cancel_ = nullptr;
    QWidget* running_ = nullptr;
    QLabel* runningWords_ = nullptr;
    QProgressBar* runningBar_ = nullptr;
    std::shared_ptr<const Evaluation> wanted_;  ///< the one whose board is being worked out
    JobId job_ = 0;
    QElapsedTimer clock_;  ///< since the evaluation that is running began
};

}  // namespace discern
