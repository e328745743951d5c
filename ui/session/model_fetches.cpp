#include "ui/session/model_fetches.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

#include "core/model/zoo.h"
#include "ui/words/core_words.h"

namespace discern {

QString scriptFile(const QString& name) {
    const QDir program(QCoreApplication::applicationDirPath());
    QStringList folders;
    if (const QString stated = qEnvironmentVariable("DISCERN_SCRIPTS"); !stated.isEmpty())
        folders = {stated};
    else
        folders = {program.filePath(QStringLiteral("../share/discern/models")), program.filePath(QStringLiteral("../../../models"))};
    for (const QString& folder : std::as_const(folders))
        if (const QFileInfo script(QDir(folder).filePath(name)); script.isFile())
            return QDir::cleanPath(script.absoluteFilePath());
    return {};
}

std::function<ProcessStep(const QString& line)> fetchReader() {
    struct Part {
        double from = 0.0;
        double to = 1.0;
    };
    return [part = Part{}](const QString& line) mutable -> ProcessStep {
        static const QRegularExpression percent(QStringLiteral("(\\d+(?:\\.\\d+)?)%$"));
        if (line.startsWith(QStringLiteral("== ")))
            return {{}, line.mid(3)};
        if (line.startsWith(QStringLiteral("@ "))) {
            const QStringList ends = line.mid(2).split(QLatin1Char(' '));
            part = {ends.value(0).toDouble(), ends.value(1).toDouble()};
            return {part.from, {}};
        }
        if (const QRegularExpressionMatch match = percent.match(line); match.hasMatch())
            return {part.from + (part.to - part.from) * match.captured(1).toDouble() / 100.0, {}};
        return {};
    };
}

ModelFetches::ModelFetches(JobQueue& jobs, QObject* parent) : QObject(parent), jobs_(jobs) {}

bool ModelFetches::running() const {
    return std::ranges::any_of(states_, [](const State& state) { return state.job != 0; });
}

void ModelFetches::fetch(const QString& name) {
    const ZooModel* model = findZooModel(name.toStdString());
    if (!model || states_[name].job != 0)
        return;
    State& state = states_[name] = {};
    const QString script = scriptFile(QStringLiteral("get.sh"));
    if (script.isEmpty()) {
        state.error = tr("The script that fetches models (models/get.sh) is not beside this program; run it where Discern's source lies: %1")
                          .arg(QString::fromStdString(model->howToGet));
        Q_EMIT changed(name);
        return;
    }
    ProcessSpec process;
    process.title = tr("Get %1").arg(coreWords(model->title));
    process.program = QStringLiteral("bash");
    process.arguments = {script, name};
    process.read = fetchReader();
    JobSpec job = processJob(std::move(process));
    job.progressed = [this, name](const JobStatus& status) {
        State& known = states_[name];
        known.fraction = status.fraction;
        known.words = QString::fromStdString(status.stage);
        Q_EMIT changed(name);
    };
    job.finished = [this, name](const JobStatus& status) { finish(name, status); };
    job.retry = [this, name] { fetch(name); };
    state.job = jobs_.submit(std::move(job));
    Q_EMIT changed(name);
}

void ModelFetches::finish(const QString& name, const JobStatus& status) {
    State& state = states_[name] = {};
    const bool there = findZooModel(name.toStdString())->installed();
    if (status.state == JobState::Failed)
        state.error = QString::fromStdString(status.error);
    else if (status.state == JobState::Cancelled)
        state.error = tr("cancelled");
    else if (!there)
        state.error = tr("The script ended well, but the model's file is not where it belongs.");
    const bool got = state.error.isEmpty();
    Q_EMIT changed(name);
    if (got)
        Q_EMIT fetched(name);
}

void ModelFetches::cancel(const QString& name) {
    if (const JobId job = states_.value(name).job)
        jobs_.cancel(job);
}

}  // namespace discern
