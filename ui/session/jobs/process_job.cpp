#include "ui/session/jobs/process_job.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QProcess>
#include <csignal>
#include <unistd.h>

#include "core/error.h"

namespace discern {

namespace {

constexpr int kLookMs = 50;        ///< how soon a cancel acts
constexpr int kGraceMs = 2000;     ///< from being asked to end to being ended
constexpr qsizetype kQuoted = 6;   ///< last lines in an error
constexpr qsizetype kLongest = 4096;  ///< of a line

QString words(const char* text) { return QCoreApplication::translate("discern::ProcessJob", text); }

/// A process, the lines that it writes, and what they tell.
class Run {
public:
    Run(const ProcessSpec& spec, Progress& progress) : spec_(spec), progress_(progress) {
        process_.setProcessChannelMode(QProcess::MergedChannels);
        process_.setProcessEnvironment(spec.environment);
        process_.setStandardInputFile(QProcess::nullDevice());
        process_.setChildProcessModifier([] { ::setpgid(0, 0); });
    }

    void operator()() {
        process_.start(spec_.program, spec_.arguments);
        if (!process_.waitForStarted())
            throw Error(ErrorKind::Run, words("%1 cannot be started (%2).").arg(spec_.program, process_.errorString()).toStdString());
        group_ = static_cast<pid_t>(process_.processId());
        while (process_.state() != QProcess::NotRunning) {
            process_.waitForReadyRead(kLookMs);
            takeOutput();
            if (!progress_.cancelled())
                continue;
            end();
            progress_.checkpoint();
        }
        takeOutput();
        takeLine();
        if (process_.exitStatus() == QProcess::NormalExit && process_.exitCode() == 0)
            return;
        const QString name = QFileInfo(spec_.program).fileName();
        const QString how = process_.exitStatus() == QProcess::CrashExit ? words("%1 crashed").arg(name)
                                                                         : words("%1 ended with code %2").arg(name).arg(process_.exitCode());
        const QString told = last_.isEmpty() ? QString() : QStringLiteral(": ") + last_.join(QLatin1Char('\n'));
        throw Error(ErrorKind::Run, (how + told).toStdString());
    }

private:
    void takeOutput() {
        for (const char c : process_.readAll()) {
            if (c == '\n' || c == '\r')
                takeLine();
            else if (line_.size() < kLongest)
                line_.append(c);
        }
    }

    void takeLine() {
        const QString line = QString::fromUtf8(std::exchange(line_, {})).trimmed();
        if (line.isEmpty())
            return;
        const ProcessStep step = spec_.read ? spec_.read(line) : ProcessStep{};
        if (step.fraction)
            fraction_ = *step.fraction;
        if (!step.words.isEmpty())
            stage_ = step.words;
        if (step.fraction || !step.words.isEmpty())
            return progress_.report(fraction_, stage_.toStdString());
        last_.append(line);
        if (last_.size() > kQuoted)
            last_.removeFirst();
    }

    /// The whole group: what it has started must not go on downloading.
    void end() {
        ::kill(-group_, SIGTERM);
        if (!process_.waitForFinished(kGraceMs))
            ::kill(-group_, SIGKILL);
        process_.waitForFinished();
    }

    const ProcessSpec& spec_;
    Progress& progress_;
    QProcess process_;
    pid_t group_ = 0;
    QByteArray line_;
    QStringList last_;
    QString stage_;
    double fraction_ = 0.0;
};

}  // namespace

JobSpec processJob(ProcessSpec process) {
    JobSpec job;
    job.title = process.title;
    job.lane = Lane::Outside;
    job.work = [process = std::move(process)](Progress& progress) { Run(process, progress)(); };
    return job;
}

}  // namespace discern
