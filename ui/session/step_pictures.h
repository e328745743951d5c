#pragma once

#include <QImage>
#include <QObject>
#include <map>
#include <memory>
#include <optional>

#include "ui/session/measurements.h"

namespace discern {

/// The picture as a metric shows it to the model at one of its steps, for every finished cell of the current picture.
class StepPictures : public QObject {
    Q_OBJECT
public:
    StepPictures(Session& session, Measurements& measurements, Explanations& explanations, JobQueue& jobs,
                 QObject* parent = nullptr);

    /// `share` of the pixels are changed; nothing: maps are shown again.
    void show(const QString& metric, std::optional<double> share);
    /// Null while there is nothing to show.
    [[nodiscard]] QImage of(const CellRef& cell) const;

Q_SIGNALS:
    void changed();

private:
    using Map = std::shared_ptr<const Attribution>;
    using Images = std::map<Map, std::shared_ptr<const StepImages>>;

    void prepare();

    Session& session_;
    Measurements& measurements_;
    Explanations& explanations_;
    JobQueue& jobs_;
    QString metric_;
    std::optional<double> share_;
    Images images_;  ///< of the metric with these parameters
    ParameterChoices parameters_;
    JobId job_ = 0;
};

}  // namespace discern
