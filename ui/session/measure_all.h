#pragma once

#include <QObject>
#include <QSet>
#include <QTimer>

#include "ui/session/measurements.h"

namespace discern {

/// Explains every open picture, as far as it is not explained yet, and measures each map as it comes by what is chosen.
class MeasureAll : public QObject {
    Q_OBJECT
public:
    MeasureAll(Session& session, Predictions& predictions, Explanations& explanations, Regions& regions,
               Measurements& measurements, QObject* parent = nullptr);

    void start();
    void cancel();
    [[nodiscard]] bool running() const { return all_ > 0; }
    /// Maps that are measured, or cannot be, of `all()` since the start.
    [[nodiscard]] int done() const { return all_ - static_cast<int>(waiting_.size()); }
    [[nodiscard]] int all() const { return all_; }

Q_SIGNALS:
    void changed();

private:
    /// Looks at a picture's cells again, soon.
    void touch(int picture);
    void follow();
    /// Measures what can be by now. Whether there is nothing left to wait for.
    [[nodiscard]] bool isOver(const CellRef& cell);
    /// It would wait for ever.
    [[nodiscard]] bool cannotCome(const CellRef& cell) const;
    void end();

    Session& session_;
    Predictions& predictions_;
    Explanations& explanations_;
    Regions& regions_;
    Measurements& measurements_;
    QSet<CellRef> waiting_;
    QSet<CellRef> asked_;  ///< those of them that are being measured
    QSet<int> touched_;    ///< pictures
    int all_ = 0;          ///< 0: it does not run
    QTimer timer_;
};

}  // namespace discern
