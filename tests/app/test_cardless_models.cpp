#include "cardless_models.h"
// After LibTorch's headers.
#include <QTest>

#include "app/program.h"

/// What the command line does with models that have no card.
class TestCardlessModels : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void withoutOptions_everyCommandNamesThem();
    void options_standInForTheCard();
    void aSingleSideAndASingleMean_standForAll();
    void options_overrideTheCardOfASingleModel();
    void amongSeveral_optionsHoldForThoseWithoutACard();
    void amongSeveralWithCards_optionsAreWrongUsage();
    void savedCard_isFoundAgain();
    void labels_mustMatchTheOutputs();
    void badOptions_areWrongUsage_data();
    void badOptions_areWrongUsage();

private:
    [[nodiscard]] QString path(const QString& name) const { return pictures_.path(name); }
    [[nodiscard]] QStringList predict(const QStringList& options) const {
        return QStringList{"predict", "--model", path("net.pt"), "--image", path("star.png"), "--json", "--quiet"} +
               options;
    }

    PictureFolder pictures_;
};

void TestCardlessModels::init() {
    qputenv("XDG_DATA_HOME", path("data").toUtf8());
    QFile::remove(path("net.card.json"));
    discern::testing::writeCardlessModel(path("net.pt").toStdString());
}

void TestCardlessModels::withoutOptions_everyCommandNamesThem() {
    const QStringList picture = {"--image", path("star.png")};
    const QStringList method = {"--method", "saliency", "--out", path("out")};
    const QStringList model = {"--model", path("net.pt")};
    for (const QStringList& arguments :
         {QStringList{"model", path("net.pt")}, QStringList{"predict"} + model + picture,
          QStringList{"explain"} + model + picture + method, QStringList{"compare"} + model + picture + method}) {
        const ProgramResult result = runCommandLine(arguments + QStringList{"--quiet"});
        QCOMPARE(result.exitCode, 4);
        QCOMPARE(result.complaints().size(), 1);
        for (const char* words : {"net.pt has no card", "--input-size", "--mean", "--std", "--labels", "--output"})
            QVERIFY2(result.errors.contains(words), qPrintable(arguments.first() + ": " + result.errors));
    }
}

void TestCardlessModels::options_standInForTheCard() {
    pictures_.write("names.txt", "cat\ndog\nowl\nfox\nelk\n");
    const ProgramResult result = runCommandLine(predict({"--input-size",    "48,32",
                                                         "--mean",          "0.485,0.456,0.406",
                                                         "--std",           "0.229,0.224,0.225",
                                                         "--divide",        "255",
                                                         "--color",         "RGB",
                                                         "--resize",        "stretch",
                                                         "--interpolation", "bicubic",
                                                         "--crop",          "0.9",
                                                         "--labels",        path("names.txt"),
                                                         "--output",        "logits",
                                                         "--layout",        "NCHW"}));
    QCOMPARE(result.exitCode, 0);
    const QJsonValue prediction = result.json().array().first();
    QVERIFY(QStringList({"cat", "dog", "owl", "fox", "elk"}).contains(prediction["top"][0]["label"].toString()));
    QVERIFY(prediction["assumed"].toArray().isEmpty());
    QVERIFY(result.errors.isEmpty());
    // The same said in a card gives the same answer.
    pictures_.write("net.card.json", R"({"labels": ["cat", "dog", "owl", "fox", "elk"], "input": {"size": [48, 32],
        "divide": 255, "mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225], "resize": "stretch",
        "interpolation": "bicubic", "crop": 0.9}, "output": "logits"})");
    QCOMPARE(runCommandLine(predict({})).json().array().first()["logits"], prediction["logits"]);
}

void TestCardlessModels::aSingleSideAndASingleMean_standForAll() {
    const ProgramResult one = runCommandLine(predict({"--input-size", "64", "--mean", "127", "--std", "128"}));
    const ProgramResult all =
        runCommandLine(predict({"--input-size", "64,64", "--mean", "127,127,127", "--std", "128,128,128"}));
    QCOMPARE(one.exitCode, 0);
    QCOMPARE(one.json().array().first()["logits"], all.json().array().first()["logits"]);
    QVERIFY2(one.errors.contains("net.pt has no card; assumed: "), qPrintable(one.errors));
    QVERIFY(one.json().array().first()["assumed"].toArray().contains("input.color"));
}

void TestCardlessModels::options_overrideTheCardOfASingleModel() {
    pictures_.write("net.card.json", R"({"input": {"size": [32, 32], "divide": 255}})");
    const QJsonArray plain = runCommandLine(predict({})).json().array().first()["logits"].toArray();
    QVERIFY(runCommandLine(predict({"--mean", "0.5"})).json().array().first()["logits"].toArray() != plain);
    const ProgramResult model =
        runCommandLine({"model", path("net.pt"), "--no-speed", "--json", "--quiet", "--input-size", "64"});
    QCOMPARE(model.json()["card"]["input"]["size"][0].toInt(), 64);
    QCOMPARE(model.json()["card"]["input"]["divide"].toInt(), 255);
}

void TestCardlessModels::amongSeveral_optionsHoldForThoseWithoutACard() {
    const ProgramResult result = runCommandLine(predict({"--model", smallModel("shapes-cnn"), "--input-size", "32"}));
    QCOMPARE(result.exitCode, 0);
    const QJsonArray predictions = result.json().array();
    QCOMPARE(predictions.size(), 2);
    QCOMPARE(predictions[1]["top"][0]["label"].toString(), QString("star"));
}

void TestCardlessModels::amongSeveralWithCards_optionsAreWrongUsage() {
    const ProgramResult result =
        runCommandLine({"predict", "--model", smallModel("shapes-cnn"), smallModel("shapes-shortcut"), "--image",
                        path("star.png"), "--input-size", "32", "--quiet"});
    QCOMPARE(result.exitCode, 2);
    QVERIFY2(result.errors.contains("Every model given has a card"), qPrintable(result.errors));
}

void TestCardlessModels::savedCard_isFoundAgain() {
    const ProgramResult saving = runCommandLine(predict({"--input-size", "48", "--divide", "255", "--save-card"}));
    QCOMPARE(saving.exitCode, 0);
    QVERIFY2(saving.errors.contains(path("net.card.json")), qPrintable(saving.errors));
    const ProgramResult again = runCommandLine(predict({}));
    QCOMPARE(again.exitCode, 0);
    QCOMPARE(again.json().array().first()["logits"], saving.json().array().first()["logits"]);
}

void TestCardlessModels::labels_mustMatchTheOutputs() {
    pictures_.write("two.json", R"(["cat", "dog"])");
    const ProgramResult result = runCommandLine(predict({"--input-size", "48", "--labels", path("two.json")}));
    QCOMPARE(result.exitCode, 4);
    QVERIFY2(result.errors.contains("2 labels") && result.errors.contains("5 classes"), qPrintable(result.errors));
    const ProgramResult missing = runCommandLine(predict({"--input-size", "48", "--labels", path("none.txt")}));
    QCOMPARE(missing.exitCode, 3);
}

void TestCardlessModels::badOptions_areWrongUsage_data() {
    QTest::addColumn<QStringList>("options");
    QTest::newRow("size of words") << QStringList{"--input-size", "large"};
    QTest::newRow("size of three") << QStringList{"--input-size", "3,224,224"};
    QTest::newRow("size of nothing") << QStringList{"--input-size", "0"};
    QTest::newRow("huge size") << QStringList{"--input-size", "8193"};
    QTest::newRow("half a pixel") << QStringList{"--input-size", "224.5"};
    QTest::newRow("two means") << QStringList{"--mean", "1,2"};
    QTest::newRow("trailing comma") << QStringList{"--mean", "1,2,3,"};
    QTest::newRow("zero deviation") << QStringList{"--std", "1,0,1"};
    QTest::newRow("zero divide") << QStringList{"--divide", "0"};
    QTest::newRow("infinite mean") << QStringList{"--mean", "inf"};
    QTest::newRow("crop above 1") << QStringList{"--crop", "1.5"};
    QTest::newRow("no crop") << QStringList{"--crop", "0"};
    QTest::newRow("unknown colours") << QStringList{"--color", "CMYK"};
    QTest::newRow("unknown resize") << QStringList{"--resize", "longer-side"};
    QTest::newRow("unknown output") << QStringList{"--output", "boxes"};
    QTest::newRow("unknown layout") << QStringList{"--layout", "CHWN"};
}

void TestCardlessModels::badOptions_areWrongUsage() {
    QFETCH(QStringList, options);
    const ProgramResult result = runCommandLine(predict(options));
    QCOMPARE(result.exitCode, 2);
    QVERIFY(result.output.isEmpty());
    QCOMPARE(result.complaints().size(), 1);
    QVERIFY2(result.errors.contains(options.first()), qPrintable(result.errors));
}

QTEST_GUILESS_MAIN(TestCardlessModels)
#include "test_cardless_models.moc"
