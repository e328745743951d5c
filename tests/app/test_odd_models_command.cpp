#include <QtTest>

#include "program.h"
#include "sentences.h"

using discern::testing::isPlainSentence;

/// Models with something odd about them (tests/odd_models) through the command line.
class TestOddModelsCommand : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatCannotBeDone_isOneSentenceAndItsExitCode_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<QString>("words");
        const auto explain = [](const QString& model, const QString& method) {
            return QStringList{"explain",  "--model", odd(model), "--image", odd("a.png"),
                               "--method", method,    "--out",    "unused"};
        };
        const auto predict = [](const QString& model) {
            return QStringList{"predict", "--model", odd(model), "--image", odd("a.png")};
        };
        QTest::newRow("NaN predicted") << predict("nan_scores.pt") << 5 << "all its scores are undefined";
        QTest::newRow("infinity predicted") << predict("infinite_scores.pt") << 5 << "undefined";
        QTest::newRow("NaN explained") << explain("nan_scores.pt", "lime") << 5 << "undefined";
        QTest::newRow("int8, a gradient") << explain("int8_dynamic.pt", "saliency") << 5 << "whole numbers";
        QTest::newRow("int8, a layer") << explain("int8_static_x86.pt", "grad_cam") << 5 << "whole numbers";
        QTest::newRow("no grid") << explain("lstm_over_rows.pt", "grad_cam") << 5 << "spatial grid";
        QTest::newRow("infinity explained") << explain("minus_infinity.pt", "kernel_shap") + QStringList{"--target", "elk"} << 5 << "infinite";
        QTest::newRow("infinity fitted") << explain("minus_infinity.pt", "lime") + QStringList{"--target", "elk", "--score", "logit"} << 5 << "infinite";
        QTest::newRow("no target") << explain("plain.pt", "saliency") + QStringList{"--target", ""} << 2 << "class";
        QTest::newRow("damaged weights") << predict("flipped.pt") << 4 << "damaged";
        QTest::newRow("no card") << predict("no_card_at_all.pt") << 4 << "--input-size";
        QTest::newRow("contradicted") << predict("softmax_denied.pt") << 4 << "sum to";
    }
    void whatCannotBeDone_isOneSentenceAndItsExitCode() {
        QFETCH(QStringList, arguments);
        QFETCH(int, exitCode);
        QFETCH(QString, words);
        const ProgramResult result = runCommandLine(arguments);
        QCOMPARE(result.exitCode, exitCode);
        QCOMPARE(result.complaints().size(), 1);
        const QString complaint = result.complaints().first();
        QVERIFY2(isPlainSentence(complaint), qPrintable(complaint));
        QVERIFY2(complaint.contains(words), qPrintable(complaint));
    }

    void someScoresUndefined_isSaidUnderTheTable() {
        const ProgramResult result = runCommandLine({"predict", "--model", odd("minus_infinity.pt"), "--image", odd("a.png")});
        QCOMPARE(result.exitCode, 0);
        QVERIFY2(result.output.contains("1 of its 5 scores is undefined"), qPrintable(result.output));
    }

    /// LibTorch's warnings are for who wrote the model's code.
    void quantisedNetworks_openWithoutWarnings_data() {
        QTest::addColumn<QString>("model");
        for (const char* model : {"int8_dynamic.pt", "float16_dynamic.pt", "int8_static_x86.pt"}) QTest::newRow(model) << model;
    }
    void quantisedNetworks_openWithoutWarnings() {
        QFETCH(QString, model);
        const ProgramResult result = runCommandLine({"predict", "--model", odd(model), "--image", odd("a.png"), "--quiet"});
        QCOMPARE(result.exitCode, 0);
        QCOMPARE(result.errors, QString());
    }

    /// What was found by trying is told with the model.
    void whatWasFound_isToldInTheRecord() {
        const ProgramResult result =
            runCommandLine({"model", odd("softmax_unsaid.pt"), "--no-speed", "--json", "--quiet"});
        QVERIFY2(result.exitCode == 0, qPrintable(result.errors));
        const QJsonObject model = result.json().object();
        QCOMPARE(model["output"].toString(), QString("probabilities"));
        QVERIFY(model["notes"].toArray().first().toString().contains("softmax is inside"));
    }

private:
    static QString odd(const QString& file) { return QString(DISCERN_TEST_DATA) + "/fixtures/odd/" + file; }
};

QTEST_GUILESS_MAIN(TestOddModelsCommand)
#include "test_odd_models_command.moc"
