#include "ui/session/tensorflow_conversions.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QStandardPaths>

#include "ui/session/model_fetches.h"
#include "ui/words/core_words.h"

namespace discern {

namespace {

/// NAME.onnx beside the model, or the first NAME-2.onnx ... that is free.
QString freeName(const QFileInfo& model) {
    const QDir folder = model.dir();
    const QString name = model.isDir() ? model.fileName() : model.completeBaseName();
    QString file = folder.filePath(name + QStringLiteral(".onnx"));
    for (int i = 2; QFileInfo::exists(file); ++i) file = folder.filePath(QStringLiteral("%1-%2.onnx").arg(name).arg(i));
    return file;
}

}  // namespace

ProcessStep conversionStep(const QString& line) {
    static const QRegularExpression step(QStringLiteral("^== (?:\\[(\\d+)/(\\d+)\\] )?(.+)$"));
    const QRegularExpressionMatch match = step.match(line);
    if (!match.hasMatch()) return {};
    ProcessStep told{{}, match.captured(3)};
    if (const int steps = match.captured(2).toInt(); steps > 0) told.fraction = (match.captured(1).toInt() - 1.0) / steps;
    return told;
}

TensorflowConversions::TensorflowConversions(JobQueue& jobs, QObject* parent) : QObject(parent), jobs_(jobs) {}

void TensorflowConversions::convert(const QString& file) {
    const QFileInfo model(file);
    const QString script = scriptFile(QStringLiteral("export.py"));
    if (script.isEmpty())
        return Q_EMIT failed(tr("The script that converts models (models/export.py) is not beside this program; run it where Discern's source lies: models/export.py %1")
                                 .arg(model.fileName()));
    const QString python = QStandardPaths::findExecutable(QStringLiteral("python3"));
    if (python.isEmpty())
        return Q_EMIT failed(tr("%1 is converted by Python, which is not installed: install Python 3.11 to 3.13 with pip (on Debian python3 and python3-pip), then try again.")
                                 .arg(model.fileName()));
    const QString out = freeName(model);
    ProcessSpec process;
    process.title = tr("Turn %1 into ONNX").arg(model.fileName());
    process.program = python;
    process.arguments = {QStringLiteral("-B"), script, model.absoluteFilePath(), QStringLiteral("--out"), out};
    process.read = conversionStep;
    JobSpec job = processJob(std::move(process));
    job.finished = [this, out](const JobStatus& status) {
        if (status.state == JobState::Done) Q_EMIT converted(out);
        if (status.state == JobState::Failed) Q_EMIT failed(coreWords(status.error));
    };
    job.retry = [this, file] { convert(file); };
    jobs_.submit(std::move(job));
}

}  // namespace discern
