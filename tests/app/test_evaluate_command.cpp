#include <QDir>
#include <QTest>
#include <cmath>

#include "app/program.h"

namespace {

QString phantom(const QString& file) { return QString(DISCERN_SOURCE_DIR) + "/models/phantom/" + file; }

const QStringList kThree = {"--model", phantom("phantom-reader.pt"), "--model", phantom("phantom-cheat.pt"),
                            "--model", phantom("phantom-weak.pt")};
/// Few evaluations, so that a run takes seconds.
const QStringList kTrust = {"--method", "grad_cam",  "--method",  "saliency", "--metric", "mass_lift", "--metric", "insertion", "--metric",
                            "deletion", "--param",   "step=1024", "--sample", "12",       "--no-cost"};

}  // namespace

/// Labelled folders from the command line: scores, trust, ranking, and runs that are stopped.
class TestEvaluateCommand : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;

    [[nodiscard]] QString at(const QString& name) const { return folder_.filePath(name); }
    [[nodiscard]] static QJsonObject read(const QString& file) {
        QFile document(file);
        return document.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(document.readAll()).object() : QJsonObject();
    }
    [[nodiscard]] static QJsonObject modelOf(const QJsonObject& record, const QString& name) {
        for (const QJsonValue& model : record["models"].toArray())
            if (model["name"] == name) return model.toObject();
        return {};
    }
    /// All that does not depend on the clock.
    [[nodiscard]] static QJsonObject timeless(QJsonObject record) {
        QJsonArray models;
        for (const QJsonValue& value : record["models"].toArray()) {
            QJsonObject model = value.toObject();
            model.remove("cost");
            models.append(model);
        }
        record["models"] = models;
        return record;
    }
    void copy(const QString& from, const QString& to) const {
        QDir().mkpath(QFileInfo(to).path());
        QVERIFY2(QFile::copy(from, to), qPrintable(to));
    }
    /// Two ill and two healthy pictures of the confounded hospital, without masks.
    void makeSmallSet(const QString& name) const {
        for (const char* file : {"ill/confounded-005.png", "ill/confounded-001.png"})
            copy(phantom(QString("confounded/") + file), at(name + "/" + file));
        const QDir healthy(phantom("confounded/healthy"));
        for (const QString& file : healthy.entryList({"*.png"}, QDir::Files, QDir::Name).mid(0, 2))
            copy(healthy.filePath(file), at(name + "/healthy/" + file));
    }

private Q_SLOTS:
    void phantom_isScoredAsItsCardsSay_data() {
        QTest::addColumn<QString>("hospital");
        QTest::addColumn<QList<double>>("accuracies");
        QTest::newRow("confounded") << "confounded" << QList<double>{0.955, 0.960, 0.805};
        QTest::newRow("clean") << "clean" << QList<double>{0.955, 0.500, 0.790};
    }
    void phantom_isScoredAsItsCardsSay() {
        QFETCH(QString, hospital);
        QFETCH(QList<double>, accuracies);
        const ProgramResult result = runCommandLine(QStringList{"evaluate"} + kThree + QStringList{"--dataset", phantom(hospital), "--no-cost", "--json", "--quiet", "--out", at(hospital)});
        QVERIFY2(result.exitCode == 0, qPrintable(result.errors));
        const QJsonObject record = result.json().object();
        QCOMPARE(record, read(at(hospital) + "/evaluation.json"));
        QCOMPARE(record["classes"].toArray(), (QJsonArray{"healthy", "ill"}));
        for (int m = 0; m < 3; ++m) {
            const QJsonObject model = record["models"].toArray()[m].toObject();
            QCOMPARE(model["images"].toInt(), 200);
            const QJsonObject accuracy = model["scores"]["accuracy"].toObject();
            QVERIFY2(std::abs(accuracy["value"].toDouble() - accuracies[m]) < 1e-9, qPrintable(model["name"].toString()));
            QVERIFY(accuracy["low"].toDouble() < accuracies[m] && accuracy["high"].toDouble() > accuracies[m]);
            QVERIFY(model["scores"]["top5"]["value"].isNull());
            double right = 0.0;
            for (int c = 0; c < 2; ++c) right += model["confusion"][c][c].toDouble();
            QCOMPARE(right, 200.0 * accuracies[m]);
        }
        QCOMPARE(record["pairs"].toArray().size(), 3);
        QFile csv(at(hospital) + "/predictions.csv");
        QVERIFY(csv.open(QIODevice::ReadOnly));
        QCOMPARE(csv.readLine().trimmed(), QByteArray("file,truth,model,predicted,p_healthy,p_ill"));
        QCOMPARE(csv.readAll().count('\n'), 600);
    }

    /// It reads the lesion, the cheat is as accurate: only where they look tells them apart.
    void readerRanksFirst_andTheParagraphSaysWhy() {
        const ProgramResult result = runCommandLine(QStringList{"evaluate"} + kThree + kTrust + QStringList{"--dataset", phantom("confounded"), "--json", "--quiet", "--out", at("ranked")});
        QVERIFY2(result.exitCode == 0, qPrintable(result.errors));
        const QJsonObject record = result.json().object();
        const QJsonObject first = record["ranking"].toArray().first().toObject();
        QCOMPARE(first["model"].toString(), "phantom-reader");
        QFile page(at("ranked") + "/report.html");
        QVERIFY(page.open(QIODevice::ReadOnly));
        const QString report = QString::fromUtf8(page.readAll());
        for (const char* words : {"phantom-reader</b> first", "Shortcut warning.", "ROC of “ill”", "discern-cli evaluate --model phantom-reader.pt",
                                  "multilabel", "SHA-256 of the card"})
            QCOMPARE(report.contains(QString::fromUtf8(words)), QLatin1String(words) != QLatin1String("multilabel"));
        QVERIFY(!report.contains(DISCERN_SOURCE_DIR) && !report.contains(folder_.path()));
        QVERIFY2(first["first_in_draws"].toDouble() >= 0.95, qPrintable(QString::number(first["first_in_draws"].toDouble())));
        const QString reasons = record["reasons"].toString();
        QVERIFY2(reasons.contains("phantom-reader") && reasons.contains("phantom-cheat"), qPrintable(reasons));
        QVERIFY2(reasons.contains("region") || reasons.contains("lesion"), qPrintable(reasons));
        const auto lift = [&](const char* name) {
            const QJsonObject model = modelOf(record, name);
            return model["trust"]["grad_cam"]["mass_lift"]["value"].toDouble();
        };
        QVERIFY2(lift("phantom-reader") > 3.0, qPrintable(QString::number(lift("phantom-reader"))));
        QVERIFY2(lift("phantom-cheat") < 1.5, qPrintable(QString::number(lift("phantom-cheat"))));
    }

    void killedRun_goesOnAndEndsAsIfUndisturbed() {
        const QStringList call = QStringList{"evaluate"} + kThree + kTrust + QStringList{"--dataset", phantom("confounded"), "--quiet"};
        const ProgramResult undisturbed = runCommandLine(call + QStringList{"--out", at("whole")});
        QVERIFY2(undisturbed.exitCode == 0, qPrintable(undisturbed.errors));
        const QStringList resumed = call + QStringList{"--workspace", at("work.discern"), "--out", at("resumed")};
        int killed = 0;
        for (const int milliseconds : {700, 1500, 2500, 4000}) {
            QProcess process;
            process.start(DISCERN_CLI, resumed);
            if (process.waitForFinished(milliseconds)) break;
            process.kill();
            process.waitForFinished();
            ++killed;
        }
        QVERIFY(killed > 0);
        const ProgramResult result = runCommandLine(resumed);
        QVERIFY2(result.exitCode == 0, qPrintable(result.errors));
        QCOMPARE(timeless(read(at("resumed/evaluation.json"))), timeless(read(at("whole/evaluation.json"))));
        QVERIFY(!QFile::exists(at("work.discern-wal")));
    }

    void whatCannotBeUsed_isListedAndCountedNowhere() {
        makeSmallSet("odd");
        QDir().mkpath(at("odd/empty"));
        copy(phantom("confounded/ill/confounded-003.png"), at("odd/unknown disease/a.png"));
        QFile broken(at("odd/ill/broken.png"));
        QVERIFY(broken.open(QIODevice::WriteOnly));
        broken.write("\x89PNG\r\n\x1a\n broken");
        broken.close();
        QFile stray(at("odd/ill/Thumbs.db"));
        QVERIFY(stray.open(QIODevice::WriteOnly));
        stray.close();
        const ProgramResult result = runCommandLine({"evaluate", "--model", phantom("phantom-reader.pt"), "--dataset", at("odd"), "--method", "grad_cam", "--metric", "mass_lift", "--no-cost", "--json", "--quiet", "--out", at("out")});
        QVERIFY2(result.exitCode == 0, qPrintable(result.errors));
        const QJsonObject record = result.json().object();
        QStringList excluded;
        for (const QJsonValue& file : record["excluded"].toArray()) {
            excluded << file["file"].toString();
            QVERIFY(!file["why"].toString().isEmpty());
        }
        for (const char* name : {"broken.png", "Thumbs.db", "empty"})
            QVERIFY2(!excluded.filter(name).isEmpty(), name);
        const QJsonObject model = record["models"].toArray().first().toObject();
        QCOMPARE(model["images"].toInt(), 5);
        // The label that the model lacks keeps its row, and both scores stand.
        QCOMPARE(model["per_class"].toArray().size(), 3);
        QCOMPARE(model["per_class"][2]["class"].toString(), "unknown disease");
        QVERIFY(model["scores_known"]["accuracy"]["value"].toDouble() > model["scores"]["accuracy"]["value"].toDouble());
        // Without masks there is no lift, and the reason is told.
        const QJsonObject lift = model["trust"]["grad_cam"]["mass_lift"].toObject();
        QVERIFY(lift["value"].isNull());
        QVERIFY(!lift["undefined"].toObject().isEmpty());
    }

    void oneClassOnly_isScoredAsFarAsPossible() {
        copy(phantom("confounded/ill/confounded-005.png"), at("one/ill/a.png"));
        const ProgramResult result = runCommandLine({"evaluate", "--model", phantom("phantom-reader.pt"), "--dataset", at("one"), "--no-cost", "--json", "--quiet", "--out", at("out1")});
        QVERIFY2(result.exitCode == 0, qPrintable(result.errors));
        const QJsonObject model = result.json().object()["models"].toArray().first().toObject();
        QCOMPARE(model["scores"]["accuracy"]["value"].toDouble(), 1.0);
        QVERIFY(model["scores"]["auc_macro"]["value"].isNull());
        QCOMPARE(model["absent_classes"].toArray(), QJsonArray{"healthy"});
    }

    void whatIsWrong_isToldInASentence_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<QString>("words");
        const QString set = phantom("clean");
        QTest::newRow("no set") << QStringList{"--dataset", at("nowhere")} << 3 << "nowhere";
        QTest::newRow("no method for the metric") << QStringList{"--dataset", set, "--metric", "insertion"} << 2 << "method";
        QTest::newRow("unknown metric") << QStringList{"--dataset", set, "--method", "grad_cam", "--metric", "beauty"} << 2 << "beauty";
        QTest::newRow("unknown preset") << QStringList{"--dataset", set, "--preset", "luck"} << 2 << "luck";
        QTest::newRow("workspace that is none") << QStringList{"--dataset", set, "--workspace", phantom("phantom-weak.pt")} << 3 << "phantom-weak.pt";
    }
    void whatIsWrong_isToldInASentence() {
        QFETCH(QStringList, arguments);
        QFETCH(int, exitCode);
        QFETCH(QString, words);
        const ProgramResult result = runCommandLine(QStringList{"evaluate", "--model", phantom("phantom-reader.pt"), "--no-cost", "--out", at("wrong")} + arguments);
        QVERIFY2(result.exitCode == exitCode, qPrintable(result.errors));
        QCOMPARE(result.complaints().size(), 1);
        QVERIFY2(result.complaints().first().contains(words), qPrintable(result.complaints().first()));
    }
};

QTEST_GUILESS_MAIN(TestEvaluateCommand)
#include "test_evaluate_command.moc"
