#pragma once

#include <QObject>
#include <QSet>
#include <map>
#include <memory>
#include <optional>
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

    /// What a random map gets; null where that is not known or undefined.
    [[nodiscard]] const Measurement* random() const {
        for (const BaselineMeasurement& baseline : baselines)
            if (baseline.name == "random" && baseline.measurement.defined()) return &baseline.measurement;
        return nullptr;
    }
};

/// Measures the maps of the current picture by the metrics that the person chose, as jobs in the heavy lane. A result
/// is kept for as long as its map, its region and the metric's parameters stay what they were.
class Measurements : public QObject {
    Q_OBJECT
public:
    Measurements(Session& session, Explanations& explanations, Regions& regions, JobQueue& jobs,
                 QObject* parent = nullptr);

    /// The current picture's finished cells, method by method.
    [[nodiscard]] QVector<CellRef> cells() const;
    [[nodiscard]] MeasuredCell of(const CellRef& cell, const std::string& metric) const;
    /// Why a metric cannot be had of any cell of the picture, in words; empty where it can.
    [[nodiscard]] QString missing(const TrustMetric& metric) const;

    /// Measures what is chosen and not known yet, of every finished cell of the current picture.
    void measure();
    /// Whether there is something that measure() would do.
    [[nodiscard]] bool wanted() const;
    void cancelAll();

Q_SIGNALS:
    void changed();

private:
    /// What a result is of. Maps are held, so that no other comes to lie at the same place.
    struct Key {
        std::shared_ptr<const Attribution> map;
        std::string metric;
        std::map<std::string, std::string> parameters;
        std::shared_ptr<const Region> region;  ///< where the metric looks at one

        auto operator<=>(const Key&) const = default;
    };
    /// What maps that know nothing of the model get depends on these alone.
    struct Column {
        int picture = 0;
        const Model* model = nullptr;
        Target target;
        std::string metric;
        std::shared_ptr<const Region> region;

        auto key() const {
            return std::tuple(picture, model, target.classIndex, target.versus, target.score, metric, region);
        }
        bool operator<(const Column& other) const { return key() < other.key(); }
    };
    struct Entry {
        MeasuredCell cell;
        JobId job = 0;
    };
    struct Found;

    [[nodiscard]] std::optional<Key> keyOf(const CellRef& cell, const TrustMetric& metric) const;
    [[nodiscard]] Column columnOf(const CellRef& cell, const Key& key) const;
    [[nodiscard]] std::vector<const TrustMetric*> chosen() const;
    void start(const CellRef& cell, const Key& key, const TrustMetric& metric);
    void take(const Key& key, const Column& column, JobId job, const JobStatus& status, const Found& found);
    /// Forgets what is of no cell any more.
    void tidy();

    Session& session_;
    Explanations& explanations_;
    Regions& regions_;
    JobQueue& jobs_;
    std::map<Key, Entry> entries_;
    std::map<Column, std::vector<BaselineMeasurement>> baselines_;
    QTimer timer_;
};

}  // namespace discern
