#pragma once

#include <QObject>
#include <optional>

#include "ui/session/runs/explanation_demands.h"
#include "ui/session/explanation_requests.h"
#include "ui/session/runs/explanation_runs.h"
#include "ui/session/runs/pace.h"

namespace discern {

/// Explains cells as jobs in the heavy lane: those of the current picture first, in the order of the rows, then those
/// that other pages show, then others where asked. Results are kept by everything that determines them.
class Explanations : public QObject {
    Q_OBJECT
public:
    Explanations(Session& session, Predictions& predictions, JobQueue& jobs, QObject* parent = nullptr);

    [[nodiscard]] CellContent cell(const CellRef& cell) const;
    /// The request behind a cell as it is now set; nothing before model, picture and prediction are there.
    [[nodiscard]] std::optional<ExplainRequest> request(const CellRef& cell) const { return requests_.request(cell); }
    /// Everything that determines the cell's explanation, as one word; empty where request() is nothing.
    [[nodiscard]] QString key(const CellRef& cell) const { return requests_.key(cell); }
    /// Core's record of a cell's explanation as far as it is done; null where there is none yet.
    [[nodiscard]] nlohmann::json record(const CellRef& cell, Paths paths) const;

    /// Whether the cell starts by itself: by the session's AutoRun, and for Quick by what its evaluations should take
    /// here.
    [[nodiscard]] bool startsByItself(const CellRef& cell) const;
    /// Seconds of the method's latest run here; nothing before the first.
    [[nodiscard]] std::optional<double> seconds(const QString& method) const { return pace_.latest(method); }

    /// Where maps are found that were computed before, and kept once they are. Forgets what is known and stops what runs.
    void setKept(std::shared_ptr<KeptResults> kept);

    /// What a page shows beside the comparison of the current picture; empty once it shows nothing.
    void show(const QObject* page, const QVector<CellRef>& cells);
    void explainPicture(int picture);
    void explainAllPictures();
    void retry(const CellRef& cell);
    void retryFailed();
    /// Moves a cell before all others, and starts it where it has not been.
    void explainFirst(const CellRef& cell);
    void cancel(const CellRef& cell);
    /// Stops everything that was asked for.
    void cancelAll();

    /// Cells of a picture that are done, of all that it has.
    struct Count {
        int done = 0;
        int failed = 0;
        int active = 0;
        int all = 0;
    };
    [[nodiscard]] Count count(int picture) const;
    /// Nothing is planned; what runs is in the queue.
    [[nodiscard]] bool settled() const { return !planTimer_.isActive(); }

    static constexpr qsizetype kMemoryBudget = qsizetype{128} << 20;
    static constexpr double kQuickSeconds = 3.0;

Q_SIGNALS:
    void cellChanged(const discern::CellRef& cell);
    void secondsChanged();

private:
    void plan();
    void planSoon(int delayMs);
    void start(const CellRef& cell, QSet<QString>& held);
    void cancelUnwanted();
    void followCompute();
    /// What is shown of every cell may be another now.
    void tellAllCells();
    void takePace(const ExplainRequest& request, const Attribution& result);
    [[nodiscard]] bool isQuick(const CellRef& cell) const;
    [[nodiscard]] bool isKept(const CellRef& cell) const;
    [[nodiscard]] const Explanation* known(const CellRef& cell) const;
    [[nodiscard]] int priorityOf(const CellRef& cell) const;

    Session& session_;
    Predictions& predictions_;
    ExplanationRequests requests_;
    ExplanationDemands demands_;
    ExplanationRuns runs_;
    Pace pace_;
    CellRef first_;
    QTimer planTimer_;
};

}  // namespace discern
