#pragma once

#include <QObject>
#include <QSet>
#include <optional>

#include "core/explain/explain.h"
#include "core/record/provenance.h"
#include "ui/session/explanation_cache.h"
#include "ui/session/predictions.h"

namespace discern {

/// Explains the cells of the comparison as jobs in the heavy lane: those on screen first, in the order of the rows,
/// other pictures only where asked. Results are kept by everything that determines them.
class Explanations : public QObject {
    Q_OBJECT
public:
    Explanations(Session& session, Predictions& predictions, JobQueue& jobs, QObject* parent = nullptr);

    [[nodiscard]] CellContent cell(const CellRef& cell) const;
    /// The request behind a cell as it is now set; nothing before model, picture and prediction are there.
    [[nodiscard]] std::optional<ExplainRequest> request(const CellRef& cell) const;
    /// Core's record of a cell's explanation as far as it is done; null where there is none yet.
    [[nodiscard]] nlohmann::json record(const CellRef& cell, Paths paths) const;

    /// Whether the method starts by itself: by AutoRun, and for Quick by what it took here the last time.
    [[nodiscard]] bool startsByItself(const QString& method) const;
    /// Seconds of the method's latest run here, the slowest model's; nothing before the first.
    [[nodiscard]] std::optional<double> seconds(const QString& method) const;

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

    static constexpr double kQuickSeconds = 3.0;
    static constexpr qsizetype kMemoryBudget = qsizetype{1} << 30;

Q_SIGNALS:
    void cellChanged(const discern::CellRef& cell);
    void secondsChanged();

private:
    void plan();
    void planSoon(int delayMs);
    void submit(const CellRef& cell, const QString& key, const ExplainRequest& request);
    void take(const QString& key, JobId job, const JobStatus& status, std::shared_ptr<const Attribution> result);
    void takePartial(const QString& key, JobId job, std::shared_ptr<const Attribution> partial);
    void cancelUnwanted();
    [[nodiscard]] QVector<CellRef> cellsOf(int picture) const;
    [[nodiscard]] std::optional<Target> targetOf(const CellRef& cell) const;
    /// Why the cell cannot be explained as it is set, in words; empty where nothing is in the way.
    [[nodiscard]] QString missing(const CellRef& cell) const;
    [[nodiscard]] QString missingTarget(const CellRef& cell) const;
    [[nodiscard]] QString keyOf(const CellRef& cell) const;
    [[nodiscard]] int priorityOf(const CellRef& cell) const;

    Session& session_;
    Predictions& predictions_;
    JobQueue& jobs_;
    ExplanationCache cache_{kMemoryBudget};
    QSet<CellRef> asked_;    ///< by the person; until they are submitted
    QSet<CellRef> stopped_;  ///< by the person; do not start by themselves until something changes
    CellRef first_;
    QHash<QString, double> seconds_;
    QTimer planTimer_;
};

}  // namespace discern
