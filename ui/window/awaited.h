#pragma once

#include <QObject>
#include <QTimer>
#include <optional>

#include "ui/session/workbench.h"

namespace discern {

/// What was asked for at the start and has to wait for something else.
class Awaited : public QObject {
    Q_OBJECT
public:
    explicit Awaited(Workbench& workbench, QObject* parent = nullptr);

    /// As soon as the models are loaded and what is asked of the image that is shown is there, for which an evaluation
    /// would leave no worker; unless it is called off before.
    void evaluate(const EvaluationOrder& order);
    void callOff();
    /// The maps of each picture, as soon as all of them are there.
    void measure();

Q_SIGNALS:
    /// What an evaluation waits for, in words; empty: it waits no longer.
    void waiting(const QString& forWhat);

private:
    void startEvaluation();
    void startMeasuring();

    Workbench& workbench_;
    std::optional<EvaluationOrder> order_;
    QTimer look_;
};

}  // namespace discern
