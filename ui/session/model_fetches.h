#pragma once

#include <QHash>
#include <QObject>

#include "ui/session/jobs/process_job.h"

namespace discern {

/// Where a script of models/ lies: in $DISCERN_SCRIPTS, beside an installed program, or in the source tree that it was built
/// in; empty where it is nowhere.
[[nodiscard]] QString scriptFile(const QString& name);

/// Reads the lines of models/get.sh: "@ FROM TO" says which part of the whole is done meanwhile, "== WORDS" what it is, and
/// a share in percent how far that is. Each call of the result goes on from the lines before.
[[nodiscard]] std::function<ProcessStep(const QString& line)> fetchReader();

/// Models of the zoo that are being fetched, each by the set-up's script as a job. This program opens no connection itself.
class ModelFetches : public QObject {
    Q_OBJECT
public:
    explicit ModelFetches(JobQueue& jobs, QObject* parent = nullptr);

    /// What came of the last time that a model was asked for.
    struct State {
        JobId job = 0;  ///< 0: it is not being fetched
        double fraction = 0.0;
        QString words;  ///< what is done, while it is fetched
        QString error;  ///< why it is not there; empty where it was not tried, or is there
    };
    [[nodiscard]] State state(const QString& name) const { return states_.value(name); }

    /// Does nothing for a model that is being fetched.
    void fetch(const QString& name);
    void cancel(const QString& name);
    [[nodiscard]] bool running() const;

Q_SIGNALS:
    void changed(const QString& name);
    void fetched(const QString& name);

private:
    void finish(const QString& name, const JobStatus& status);

    JobQueue& jobs_;
    QHash<QString, State> states_;
};

}  // namespace discern
