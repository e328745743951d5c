#include <signal.h>

#include <QDirIterator>
#include <QImage>
#include <QImageReader>
#include <QTest>

#include "app/program.h"
#include "core/explain/explain.h"
#include "core/explain/method.h"
#include "core/record/identity.h"
#include "core/store/npy.h"

using namespace discern;

/// explain and compare, from files to files.
class TestExplainCommand : public QObject {
    Q_OBJECT

private slots:
    void explain_writesArraysOverlayAndProvenance();
    void segmentMethod_writesItsSegments();
    void sameCall_writesTheSameBytes();
    void record_makesTheSameBytesAgain();
    void folders_areToldOnlyWhereAskedFor();
    void parameter_reachesTheMethodsThatKnowIt();
    void target_isFoundByLabel();
    void equalNames_getFoldersOfTheirOwn();
    void fullDisk_isToldInOneSentence();
    void interrupt_exitsWith130();
    void compare_writesTablesAndReport();

private:
    [[nodiscard]] QStringList explain(const QString& out, const QStringList& more) const {
        return QStringList{
                   "explain", "--model",          smallModel("shapes-cnn"), "--image", pictures_.path("star.png"),
                   "--out",   pictures_.path(out)} +
               more;
    }
    [[nodiscard]] QByteArray read(const QString& name) const {
        QFile file(pictures_.path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    PictureFolder pictures_;
};

void TestExplainCommand::explain_writesArraysOverlayAndProvenance() {
    const ProgramResult result =
        runCommandLine(explain("a", {"--method", "grad_cam", "integrated_gradients", "--json"}));
    QVERIFY2(result.exitCode == 0, qPrintable(result.errors));
    const QJsonArray results = result.json().array();
    QCOMPARE(results.size(), 2);
    const QString folder = results[0]["folder"].toString();
    QCOMPARE(folder, pictures_.path("a/shapes-cnn/star/grad_cam"));

    const FloatArray map = readNpy((folder + "/attribution.npy").toStdString());
    QCOMPARE(map.shape, (std::vector<std::int64_t>{64, 64}));
    const FloatArray raw = readNpy((folder + "/raw.npy").toStdString());
    QCOMPARE(raw.shape.size(), std::size_t{2});
    const FloatArray gradients =
        readNpy(pictures_.path("a/shapes-cnn/star/integrated_gradients/raw.npy").toStdString());
    QCOMPARE(gradients.shape, (std::vector<std::int64_t>{3, 64, 64}));
    const QImage overlay(folder + "/overlay.png");
    QVERIFY(overlay.width() >= 90);

    const QJsonObject record = QJsonDocument::fromJson(read("a/shapes-cnn/star/grad_cam/result.json")).object();
    for (const char* field : {"prediction", "target", "parameters", "seed", "evaluations", "seconds", "device",
                              "precision", "program", "model", "image", "layer", "seen", "facts"}) {
        QVERIFY2(record.contains(field), field);
    }
    QCOMPARE(record["target"]["label"].toString(), QString("star"));
    QCOMPARE(record["target"]["score"].toString(), QString("logit"));
    QCOMPARE(record["model"]["sha256"].toString().size(), 64);
    QCOMPARE(record["image"]["sha256"].toString().size(), 64);
    QVERIFY(record["image"]["notes"].isArray());
    QCOMPARE(record["precision"].toString(), QString("fp32"));
    QVERIFY(!record["program"]["libtorch"].toString().isEmpty());
    // 90 x 70 pixels, of which the square in the middle is seen.
    QVERIFY(std::abs(record["seen"][2].toDouble() - 70.0) < 1.0);
}

void TestExplainCommand::segmentMethod_writesItsSegments() {
    QCOMPARE(runCommandLine(explain("s", {"--method", "lime", "--param", "samples=50"})).exitCode, 0);
    const FloatArray segments = readNpy(pictures_.path("s/shapes-cnn/star/lime/segments.npy").toStdString());
    const FloatArray raw = readNpy(pictures_.path("s/shapes-cnn/star/lime/raw.npy").toStdString());
    QCOMPARE(segments.shape, (std::vector<std::int64_t>{64, 64}));
    QCOMPARE(static_cast<float>(raw.data.size()), *std::ranges::max_element(segments.data) + 1.0F);
}

void TestExplainCommand::sameCall_writesTheSameBytes() {
    QStringList names;
    for (const Method& method : methods()) {
        if (method.family != Family::Attention) names << QString::fromStdString(method.name);
    }
    // Two processes, and twice in the first.
    const QStringList quick = {"--param", "samples=60", "--param", "evaluations=60", "--seed", "7"};
    for (const QStringList& outs : {QStringList{"one", "one"}, QStringList{"two"}}) {
        QStringList arguments = explain(outs.first(), QStringList{"--method"} + names + quick);
        if (outs.size() > 1) {
            arguments << "--image" << pictures_.path("star.png");
        }
        QCOMPARE(runCommandLine(arguments).exitCode, 0);
    }
    const auto withoutTime = [&](const QString& path) {
        QJsonObject record = QJsonDocument::fromJson(read(path)).object();
        record.remove("seconds");
        return record;
    };
    for (const QString& name : names) {
        for (const char* again : {"one/shapes-cnn/star-2/", "two/shapes-cnn/star/"}) {
            for (const char* file : {"/raw.npy", "/attribution.npy", "/overlay.png"}) {
                const QByteArray first = read("one/shapes-cnn/star/" + name + file);
                QVERIFY(!first.isEmpty());
                QVERIFY2(first == read(again + name + file), qPrintable(again + name + file));
            }
            const QJsonObject record = withoutTime("one/shapes-cnn/star/" + name + "/result.json");
            QVERIFY(record.contains("seed"));
            QCOMPARE(withoutTime(again + name + "/result.json"), record);
        }
    }
}

/// The record in result.json, and that in the overlay's PNG, is all that it
/// takes.
void TestExplainCommand::record_makesTheSameBytesAgain() {
    cv::Mat squares(64, 64, CV_32SC1);
    for (int y = 0; y < 64; ++y)
        for (int x = 0; x < 64; ++x) squares.at<int>(y, x) = y / 16 * 4 + x / 16;
    const std::string segments = pictures_.path("squares.npy").toStdString();
    writeNpy(segments, toArray(squares));
    const ProgramResult result = runCommandLine(
        explain("r", {"--method", "kernel_shap", "grad_cam", "rise", "--param", "samples=40", "--param",
                      "segments=" + QString::fromStdString(segments), "--seed", "11", "--target", "disc"}));
    QVERIFY2(result.exitCode == 0, qPrintable(result.errors));
    Progress progress;
    const auto model = Model::load(smallModel("shapes-cnn").toStdString(), progress);
    const auto picture = std::make_shared<const Picture>(readPicture(pictures_.path("star.png").toStdString()));
    for (const char* method : {"kernel_shap", "grad_cam", "rise"}) {
        const QString folder = QString("r/shapes-cnn/star/%1/").arg(method);
        const QString embedded = QImageReader(pictures_.path(folder + "overlay.png")).text("Provenance");
        const auto record = nlohmann::json::parse(embedded.toStdString());
        const auto beside = nlohmann::json::parse(read(folder + "result.json").toStdString());
        QVERIFY(identityFromJson(record) == identityFromJson(beside));
        setThreads(record.at("threads").get<int>());
        const ExplainRequest request = requestOf(identityFromJson(record), model, picture, {segments});
        const Attribution again = discern::explain(request, progress).front();
        const FloatArray raw = readNpy(pictures_.path(folder + "raw.npy").toStdString());
        QCOMPARE(again.raw.shape, raw.shape);
        QVERIFY2(again.raw.data == raw.data, method);
    }
}

void TestExplainCommand::folders_areToldOnlyWhereAskedFor() {
    const QString folder = QFileInfo(pictures_.path("star.png")).path();
    cv::Mat halves(64, 64, CV_32SC1, cv::Scalar(0));
    halves(cv::Rect(0, 0, 32, 64)).setTo(1);
    writeNpy(pictures_.path("halves.npy").toStdString(), toArray(halves));
    for (const bool whole : {false, true}) {
        const QString out = whole ? "whole" : "names";
        QStringList arguments = {"compare",
                                 "--model",
                                 smallModel("shapes-cnn"),
                                 "--model",
                                 folder + "/missing.pt",
                                 "--image",
                                 pictures_.path("star.png"),
                                 "--image",
                                 pictures_.path("cut.png"),
                                 "--method",
                                 "lime",
                                 "occlusion",
                                 "--param",
                                 "lime.samples=20",
                                 "--param",
                                 "segments=" + pictures_.path("halves.npy"),
                                 "--out",
                                 pictures_.path(out)};
        if (whole) arguments << "--full-paths";
        const ProgramResult result = runCommandLine(arguments);
        QVERIFY2(result.exitCode != 0, "two of the inputs cannot be opened");
        int told = 0;
        QDirIterator files(pictures_.path(out), QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            QByteArray bytes = file.readAll();
            if (file.fileName().endsWith(".png")) bytes = QImageReader(file.fileName()).text("Provenance").toUtf8();
            const bool here = bytes.contains(folder.toUtf8()) || bytes.contains(DISCERN_SMALL_MODELS);
            QVERIFY2(whole || !here, qPrintable(file.fileName()));
            told += here;
        }
        QCOMPARE(told > 0, whole);
        const QByteArray record = read(out + "/shapes-cnn/star/lime/result.json");
        QVERIFY2(record.contains("halves.npy"), record.constData());
    }
}

void TestExplainCommand::parameter_reachesTheMethodsThatKnowIt() {
    const ProgramResult result = runCommandLine(explain(
        "p", {"--method", "lime", "grad_cam", "--param", "samples=40", "--param", "lime.samples=30", "--json"}));
    QVERIFY2(result.exitCode == 0, qPrintable(result.errors));
    QCOMPARE(result.json().array().at(0)["parameters"]["samples"].toInt(), 30);
}

void TestExplainCommand::target_isFoundByLabel() {
    const ProgramResult result =
        runCommandLine(explain("t", {"--method", "grad_cam", "--target", "Star", "--versus", "disc", "--json"}));
    QVERIFY2(result.exitCode == 0, qPrintable(result.errors));
    const QJsonValue record = result.json().array().first();
    QCOMPARE(record["target"]["index"].toInt(), 3);
    QCOMPARE(record["target"]["versus"]["index"].toInt(), 0);
}

void TestExplainCommand::equalNames_getFoldersOfTheirOwn() {
    const ProgramResult result = runCommandLine(explain(
        "e", {"--image", pictures_.path("star.png"), "--model", smallModel("shapes-cnn"), "--method", "grad_cam"}));
    QVERIFY2(result.exitCode == 0, qPrintable(result.errors));
    for (const char* folder : {"shapes-cnn/star", "shapes-cnn/star-2", "shapes-cnn-2/star", "shapes-cnn-2/star-2"}) {
        QVERIFY2(QFile::exists(pictures_.path(QString("e/") + folder + "/grad_cam/result.json")), folder);
    }
}

void TestExplainCommand::fullDisk_isToldInOneSentence() {
    QStringList arguments = explain("unused", {"--method", "grad_cam", "--quiet"});
    arguments[arguments.indexOf("--out") + 1] = "/dev/full";
    const ProgramResult result = runCommandLine(arguments);
    QCOMPARE(result.exitCode, 5);
    QCOMPARE(result.errors.trimmed().split('\n').size(), 1);
    QVERIFY2(result.errors.contains("cannot write /dev/full"), qPrintable(result.errors));
}

void TestExplainCommand::interrupt_exitsWith130() {
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(DISCERN_CLI, explain("i", {"--method", "lime", "--param", "samples=100000"}));
    QByteArray told;
    while (!told.contains("LIME") && process.waitForReadyRead(60'000)) {
        told += process.readAll();
    }
    QVERIFY2(told.contains("LIME"), told.constData());
    ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished(60'000));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 130);
    QVERIFY(!QFile::exists(pictures_.path("i/shapes-cnn/star/lime/result.json")));
}

void TestExplainCommand::compare_writesTablesAndReport() {
    const ProgramResult result =
        runCommandLine({"compare", "--model", smallModel("shapes-cnn"), "--model", smallModel("shapes-shortcut"),
                        "--image", pictures_.path("star.png"), "--method", "grad_cam", "integrated_gradients", "--out",
                        pictures_.path("c"), "--json"});
    QVERIFY2(result.exitCode == 0, qPrintable(result.errors));
    const QJsonObject document = result.json().object();
    QCOMPARE(document["models"].toArray().size(), 2);
    QVERIFY(document["models"][0]["latency_ms"].toDouble() > 0);
    QCOMPARE(document["explanations"].toArray().size(), 4);
    QVERIFY(QJsonDocument::fromJson(read("c/metrics.json")).isObject());

    const QStringList table = QString::fromUtf8(read("c/metrics.csv")).trimmed().split("\r\n");
    QCOMPARE(table.size(), 5);
    QVERIFY(table[0].startsWith("model,parameters,macs,bytes,latency_ms,latency_quiet,image,"));
    QVERIFY(table[1].startsWith("shapes-cnn,"));
    const QString quiet = document["models"][0]["quiet"].toBool() ? "true" : "false";
    QCOMPARE(table[1].section(',', 5, 5), quiet);

    const QStringList pairs = QString::fromUtf8(read("c/agreement.csv")).trimmed().split("\r\n");
    QCOMPARE(pairs.size(), 1 + 4 * 3 / 2);
    QCOMPARE(pairs[0], QString("image,model_a,method_a,model_b,method_b,spearman,"
                               "ssim,top_10_percent"));
    const QJsonArray agreement = document["agreement"].toArray();
    QCOMPARE(agreement.size(), 6);
    for (const QJsonValue& pair : agreement) {
        QVERIFY(std::abs(pair["spearman"].toDouble(2)) <= 1);
        QVERIFY(std::abs(pair["ssim"].toDouble(2)) <= 1);
    }

    const QString report = QString::fromUtf8(read("c/report.html"));
    QVERIFY(report.contains("How far the explanations agree"));
    QVERIFY(report.contains("shapes-shortcut"));
    QVERIFY(!report.contains("{{"));
    for (const char* method : {"grad_cam", "integrated_gradients"}) {
        const QString image = QString("shapes-cnn/star/%1/overlay_only.png").arg(method);
        QVERIFY(report.contains("src=\"" + image + "\""));
        QVERIFY(!QImage(pictures_.path("c/" + image)).isNull());
    }
    QVERIFY(!QImage(pictures_.path("c/star-comparison.png")).isNull());
}

QTEST_GUILESS_MAIN(TestExplainCommand)
#include "test_explain_command.moc"
