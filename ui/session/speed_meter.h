#pragma once

#include <QObject>
#include <QSet>
#include <QTimer>

#include "ui/session/session.h"

namespace discern {

/// Measures each model's speed once for a device and a precision. The jobs run alone: when nothing else runs or waits,
/// and they make room as soon as something does.
class SpeedMeter : public QObject {
    Q_OBJECT
public:
    SpeedMeter(Session& session, JobQueue& jobs, QObject* parent = nullptr);

    /// Whether some model still waits to be measured.
    [[nodiscard]] bool pending() const { return running_ != 0 || next() != 0; }

Q_SIGNALS:
    /// Everything has been still for a while, and what is to be measured now has been submitted; often that is nothing.
    void considered();

private:
    /// What was measured on another device or in another precision is forgotten and measured anew.
    void measureAnew();
    void considerNext();
    [[nodiscard]] int next() const;
    void measure(int model);

    Session& session_;
    JobQueue& jobs_;
    QTimer quiet_;
    QSet<int> failed_;
    JobId running_ = 0;
};

}  // namespace discern
