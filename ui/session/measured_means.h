#pragma once

#include <QObject>
#include <QTimer>
#include <map>
#include <optional>

#include "core/evaluate/bootstrap.h"
#include "ui/session/measurements.h"

namespace discern {

/// What is measured over several pictures.
struct MeanFigure {
    MeanInterval over;          ///< pictures in which it is defined
    std::size_t undefined = 0;  ///< pictures that are left out
};

/// Means over all open pictures that were measured, with bootstrap intervals seeded by the session: of each shown model and
/// method by each chosen metric, and of what knows nothing of the model. Computed as jobs while somebody looks.
class MeasuredMeans : public QObject {
    Q_OBJECT
public:
    MeasuredMeans(Session& session, Measurements& measurements, JobQueue& jobs, QObject* parent = nullptr);

    void setWatched(bool watched);
    /// Nothing where no picture has a figure.
    [[nodiscard]] std::optional<MeanFigure> of(int model, const QString& method, const std::string& metric) const;
    /// Of a map that knows nothing of the model, by its name.
    [[nodiscard]] std::optional<MeanFigure> ofBaseline(int model, const std::string& baseline, const std::string& metric) const;
    /// Pictures of which anything that is chosen is measured.
    [[nodiscard]] int pictures() const { return pictures_; }
    /// Nothing is to be computed; what runs is in the queue.
    [[nodiscard]] bool settled() const { return !timer_.isActive(); }

Q_SIGNALS:
    void changed();

private:
    struct Series {
        int model = 0;
        QString of;  ///< method
        std::string baseline;
        std::string metric;

        auto fields() const { return std::tie(model, of, baseline, metric); }
        bool operator<(const Series& other) const { return fields() < other.fields(); }
    };
    using Values = std::map<Series, std::vector<double>>;  ///< one a picture, NaN where undefined
    using Means = std::map<Series, MeanFigure>;

    void collect();
    [[nodiscard]] bool isMeasured(int picture) const;
    [[nodiscard]] Values values() const;
    [[nodiscard]] std::optional<MeanFigure> find(const Series& series) const;

    Session& session_;
    Measurements& measurements_;
    JobQueue& jobs_;
    bool watched_ = false;
    int pictures_ = 0;
    Means means_;
    JobId job_ = 0;
    QTimer timer_;
};

}  // namespace discern
