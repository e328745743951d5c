#pragma once

#include <QObject>
#include <QTimer>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "ui/session/explanations.h"

namespace discern {

/// How far the finished attributions of the current picture agree, pair by pair and by every measure of the registry.
/// Computed in the quick lane as attributions finish; a pair is never computed twice while both stay.
class Agreements : public QObject {
    Q_OBJECT
public:
    Agreements(Session& session, Predictions& predictions, Explanations& explanations, JobQueue& jobs,
               QObject* parent = nullptr);

    /// The current picture's finished cells, method by method.
    [[nodiscard]] QVector<CellRef> cells() const;
    /// One value for each of agreementMeasures(), NaN where it is undefined; empty before they are computed.
    [[nodiscard]] std::vector<double> between(const CellRef& a, const CellRef& b) const;
    /// The class that a finished cell explains, in words.
    [[nodiscard]] QString explainedClass(const CellRef& cell) const;
    /// Nothing is planned or computing.
    [[nodiscard]] bool settled() const { return job_ == 0 && !timer_.isActive(); }

Q_SIGNALS:
    void changed();

private:
    using Map = std::shared_ptr<const Attribution>;
    struct Compared {
        CellRef cell;
        Map attribution;
        QRectF seen;
    };
    using Pair = std::pair<Map, Map>;
    using Values = std::map<Pair, std::vector<double>>;

    [[nodiscard]] static Pair pairOf(const Map& a, const Map& b) { return std::minmax(a, b); }
    [[nodiscard]] const Compared* find(const CellRef& cell) const;
    void refresh();
    void take(JobId job, const Values& values);

    Session& session_;
    Predictions& predictions_;
    Explanations& explanations_;
    JobQueue& jobs_;
    QVector<Compared> maps_;
    Values known_;
    JobId job_ = 0;
    QTimer timer_;
};

}  // namespace discern
