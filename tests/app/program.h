#pragma once

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

/// What a run of discern-cli left behind.
struct ProgramResult {
    int exitCode = -1;  ///< -1: it crashed or hung
    QString output;
    QString errors;

    [[nodiscard]] QJsonDocument json() const { return QJsonDocument::fromJson(output.toUtf8()); }
    /// The lines on standard error that are no progress.
    [[nodiscard]] QStringList complaints() const { return errors.split('\n').filter("discern-cli: "); }
};

inline ProgramResult runCommandLine(const QStringList& arguments) {
    constexpr int mostMs = 120'000;
    QProcess process;
    process.start(DISCERN_CLI, arguments);
    const bool ended = process.waitForFinished(mostMs) && process.exitStatus() == QProcess::NormalExit;
    ProgramResult result;
    result.exitCode = ended ? process.exitCode() : -1;
    result.output = QString::fromUtf8(process.readAllStandardOutput());
    result.errors = QString::fromUtf8(process.readAllStandardError());
    return result;
}

inline QString smallModel(const QString& name) { return QString(DISCERN_SMALL_MODELS) + "/" + name + ".pt"; }

/// A folder with pictures, good and bad, for one test class.
class PictureFolder {
public:
    PictureFolder() {
        // A shape as the small models know them, in the middle of a landscape picture.
        cv::Mat picture = cv::imread(DISCERN_SOURCE_DIR "/resources/samples/star.png");
        cv::resize(picture, picture, {70, 70}, 0, 0, cv::INTER_CUBIC);
        cv::copyMakeBorder(picture, picture, 0, 0, 10, 10, cv::BORDER_REPLICATE);
        cv::imwrite(path("star.png").toStdString(), picture);
        QFile whole(path("star.png"));
        static_cast<void>(whole.open(QIODevice::ReadOnly));
        write("cut.png", whole.readAll().chopped(40));
        write("notes.jpg", "dear diary\n");
    }

    [[nodiscard]] QString path(const QString& name) const { return folder_.filePath(name); }
    void write(const QString& name, const QByteArray& bytes) const {
        QFile file(path(name));
        static_cast<void>(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }

private:
    QTemporaryDir folder_;
};
