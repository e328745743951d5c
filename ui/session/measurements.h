#pragma once

#include <QObject>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <tuple>
#include <vector>

#include "core/measure/trust_metric.h"
#include "ui/session/explanations.h"
#include "ui/session/regions.h"

namespace discern {

/// One metric of one cell, or of what knows nothing of the model.
struct MeasuredCell {
    CellStatus status = CellStatus::NotRun;
    std::string error{};                                   ///< when failed
    std::shared_ptr<const Measurement> measurement;        ///< when done
    std::vector<BaselineMeasurement> baselines{};          ///< of the cell's model, picture and class, whatever the method

    /// What the map of this name gets; null where that is not known or undefined.
    [[nodiscard]] const Measurement* baseline(const std::string& name) const {
        for (const BaselineMeasurement& baseline : baselines)
            if (baseline.name == name && baseline.measurement.defined()) return &baseline.measurement;
        return nullptr;
    }
    [[nodiscard]] const Measurement* random() const { return baseline("random"); }
};

/// Whether a value is no better than that of a map that knows nothing of the model. Where neither end is better, nothing is.
[[nodiscard]] inline bool noBetter(const TrustMetric& metric, double value, double random) {
    if (metric.better == Better::Higher) return value <= random;
    return metric.better == Better::Lower && value >= random;
}

/// Measures maps by the metrics that the person chose, as jobs in the heavy lane. A result is kept, while its picture and
/// model are open, for whenever its map, its region and the metric's parameters are what they were; the workspace keeps
/// it for the next time that they are opened.
class Measurements : public QObject {
    Q_OBJECT
public:
    Measurements(Session& session, Predictions& predictions, Explanations& explanations, Regions& regions, JobQueue& jobs,
                 QObject* parent = nullptr);
    /// The results of another workspace: what was measured is forgotten.
    void setKept(std::shared_ptr<KeptResults> kept);

    /// A picture's finished cells, method by method.
    [[nodiscard]] QVector<CellRef> cellsOf(int picture) const;
    /// The current picture's.
    [[nodiscard]] QVector<CellRef> cells() const { return cellsOf(session_.currentPicture()); }
    [[nodiscard]] MeasuredCell of(const CellRef& cell, const std::string& metric) const;
    /// The latest that was measured of the cell's map by the metric with other parameters; null where nothing was.
    [[nodiscard]] std::shared_ptr<const Measurement> outdated(const CellRef& cell, const std::string& metric) const;
    /// Why a metric cannot be had of any cell of the current picture, in words; empty where it can.
    [[nodiscard]] QString missing(const TrustMetric& metric) const;
    /// Pictures of which anything is measured.
    [[nodiscard]] QSet<int> pictures() const;

    /// Measures what is chosen and not known yet, of every finished cell of the current picture.
    void measure();
    /// The same of these, as far as they are finished.
    void measure(const QVector<CellRef>& cells);
    /// Whether there is something that measure() would do.
    [[nodiscard]] bool wanted() const;
    /// Whether any of what is chosen is still on its way for a cell.
    [[nodiscard]] bool active(const CellRef& cell) const;
    void cancelAll();
    void cancel(const CellRef& cell);

Q_SIGNALS:
    void changed();

private:
    /// What a result is of.
    struct Key {
        std::string map;  ///< everything that determines the explanation
        std::string metric;
        std::map<std::string, std::string> parameters;
        std::string region;  ///< digest of the mask where the metric looks at one

        auto operator<=>(const Key&) const = default;
        /// As the workspace knows it.
        [[nodiscard]] std::string text() const;
    };
    /// What maps that know nothing of the model get depends on these alone.
    struct Column {
        int picture = 0;
        const Model* model = nullptr;
        Target target;
        std::uint64_t seed = 0;
        Compute compute;
        Key key;  ///< of no map

        auto fields() const {
            return std::tie(picture, model, target.classIndex, target.versus, target.score, seed, compute.device, compute.precision, key);
        }
        bool operator<(const Column& other) const { return fields() < other.fields(); }
    };
    struct Entry {
        CellRef of;  ///< the one that asked for it
        MeasuredCell cell;
        JobId job = 0;
        std::uint64_t order = 0;  ///< later ones are larger
    };
    struct Baselines {
        std::vector<BaselineMeasurement> measured;
        JobId job = 0;
    };
    /// What a workspace kept of a cell.
    struct Recalled {
        CellRef cell;
        Key key;
        std::shared_ptr<const Measurement> measurement{};
        std::optional<std::vector<BaselineMeasurement>> baselines{};
    };

    [[nodiscard]] std::optional<Key> keyOf(const CellRef& cell, const TrustMetric& metric) const;
    [[nodiscard]] Column columnOf(const CellRef& cell, const Key& key) const;
    [[nodiscard]] std::vector<const TrustMetric*> chosen() const;
    [[nodiscard]] JobSpec jobFor(const CellRef& cell, const Key& key, const QString& title,
                                 const std::function<void(const MeasuredMap&, std::uint64_t seed, Progress&)>& work) const;
    void start(const CellRef& cell, const Key& key, const TrustMetric& metric);
    void startBaselines(const CellRef& cell, const Key& key, const TrustMetric& metric);
    void take(const Key& key, JobId job, const JobStatus& status, const std::shared_ptr<const Measurement>& found);
    /// Stops what is asked for no more, and forgets what is not open any more.
    void tidy();
    void touch(int picture);
    void touchAll();
    /// Reads what the workspace kept of the pictures that were touched.
    void recall();
    void takeRecalled(const std::vector<Recalled>& found);

    Session& session_;
    Explanations& explanations_;
    Regions& regions_;
    JobQueue& jobs_;
    std::map<Key, Entry> entries_;
    std::map<Column, Baselines> baselines_;
    std::uint64_t orders_ = 0;
    std::shared_ptr<KeptResults> kept_;
    std::set<Key> lookedFor_;  ///< in `kept_`
    QSet<int> touched_;        ///< pictures of which more may be known
    QTimer timer_;
    QTimer recallTimer_;
};

}  // namespace discern
