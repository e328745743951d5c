#pragma once

#include <QProcessEnvironment>
#include <QStringList>
#include <functional>
#include <optional>

#include "ui/session/jobs/job_queue.h"

namespace discern {

/// What a line of a program's output tells of its progress.
struct ProcessStep {
    std::optional<double> fraction{};  ///< 0..1 of the whole
    QString words{};                   ///< of what it does; empty where the line does not say so
};

/// A program that is run for someone who asked for it.
struct ProcessSpec {
    QString title;    ///< of the job
    QString program;  ///< a path, or a name on PATH
    QStringList arguments{};
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    /// Reads a line of standard output or error, on a worker thread; an empty function tells nothing.
    std::function<ProcessStep(const QString& line)> read{};
};

/// The program as a job in a lane of its own: it runs in a process group of its own, which cancelling the job ends with all
/// that it has started. The job fails where the program cannot be started, crashes or ends with another code than 0; its
/// error names the code and quotes the last lines.
[[nodiscard]] JobSpec processJob(ProcessSpec process);

}  // namespace discern
