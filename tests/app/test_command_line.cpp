#include <QTest>

#include "app/program.h"

/// The commands that describe and predict, and what every command does with bad input.
class TestCommandLine : public QObject {
    Q_OBJECT

private slots:
    void help_listsEveryCommand();
    void wrongUsage_exitsWithTwo_data();
    void wrongUsage_exitsWithTwo();
    void methods_tellParametersDefaultsAndSource();
    void models_tellWhereTheirFilesLie();
    void model_tellsCardLayersAndFigures();
    void modelWithLayers_printsWhatEachCosts();
    void predict_printsTheMostProbableClasses();
    void predict_acceptsSeveralModelsAndPictures();
    void remarkOnAPicture_isToldOnceAndInTheRecord();
    void badInput_isToldInOneSentence_data();
    void badInput_isToldInOneSentence();
    void badPicture_stopsNoOther();
    void json_isOneDocumentEvenWhereItemsFail();

private:
    PictureFolder pictures_;
};

void TestCommandLine::help_listsEveryCommand() {
    const ProgramResult help = runCommandLine({"--help"});
    QCOMPARE(help.exitCode, 0);
    for (const char* command : {"methods", "models", "model", "predict", "explain", "compare"}) {
        QVERIFY2(help.output.contains(command), command);
        QCOMPARE(runCommandLine({command, "--help"}).exitCode, 0);
    }
}

void TestCommandLine::wrongUsage_exitsWithTwo_data() {
    QTest::addColumn<QStringList>("arguments");
    const QString model = smallModel("shapes-cnn");
    const QString picture = pictures_.path("star.png");
    const QStringList explain = {"explain", "--model", model, "--image", picture, "--out", pictures_.path("out"),
                                 "--method"};
    QTest::newRow("no command") << QStringList{};
    QTest::newRow("unknown command") << QStringList{"guess"};
    QTest::newRow("unknown option") << QStringList{"methods", "--colour"};
    QTest::newRow("no picture") << QStringList{"predict", "--model", model};
    QTest::newRow("unknown device") << QStringList{"predict", "--model", model, "--image", picture, "--device", "tpu"};
    QTest::newRow("negative top") << QStringList{"predict", "--model", model, "--image", picture, "--top", "-1"};
    QTest::newRow("unknown method") << explain + QStringList{"guess"};
    QTest::newRow("unknown parameter") << explain + QStringList{"lime", "--param", "colour=red"};
    QTest::newRow("parameter without value") << explain + QStringList{"lime", "--param", "samples"};
    QTest::newRow("parameter out of range") << explain + QStringList{"lime", "--param", "samples=-5"};
    QTest::newRow("unknown class") << explain + QStringList{"lime", "--target", "unicorn"};
    QTest::newRow("unknown layer") << explain + QStringList{"grad_cam", "--layer", "nowhere"};
}

void TestCommandLine::wrongUsage_exitsWithTwo() {
    QFETCH(QStringList, arguments);
    const ProgramResult result = runCommandLine(arguments);
    QCOMPARE(result.exitCode, 2);
    QVERIFY(result.output.isEmpty());
    QCOMPARE(result.complaints().size(), 1);
}

void TestCommandLine::methods_tellParametersDefaultsAndSource() {
    const ProgramResult result = runCommandLine({"methods", "--json"});
    QCOMPARE(result.exitCode, 0);
    const QJsonArray methods = result.json().array();
    QVERIFY(!methods.isEmpty());
    bool hasLime = false;
    for (const QJsonValue& method : methods) {
        for (const char* field : {"name", "title", "tells", "limits", "source"}) {
            QVERIFY2(!method[field].toString().isEmpty(), field);
        }
        if (method["name"] == "lime") {
            hasLime = true;
            QCOMPARE(method["score"].toString(), QString("probability"));
            QVERIFY(!method["parameters"].toArray().isEmpty());
        }
    }
    QVERIFY(hasLime);
    QVERIFY(runCommandLine({"methods"}).output.contains("lime"));
}

void TestCommandLine::models_tellWhereTheirFilesLie() {
    const QJsonArray models = runCommandLine({"models", "--json"}).json().array();
    QVERIFY(models.size() >= 3);
    QCOMPARE(models[0]["name"].toString(), QString("efficientnet-lite0"));
    QVERIFY(models[0]["path"].toString().endsWith("discern/models/efficientnet-lite0.pt"));
}

void TestCommandLine::model_tellsCardLayersAndFigures() {
    const ProgramResult result = runCommandLine({"model", smallModel("shapes-cnn"), "--json"});
    QCOMPARE(result.exitCode, 0);
    const QJsonObject model = result.json().object();
    QCOMPARE(model["name"].toString(), QString("shapes-cnn"));
    QCOMPARE(model["classes"].toInt(), 4);
    QCOMPARE(model["card"]["labels"].toArray().size(), 4);
    QVERIFY(model["parameters"].toDouble() > 1000);
    QVERIFY(model["macs"].toDouble() > model["parameters"].toDouble());
    QVERIFY(model["bytes"].toDouble() > 100'000);
    QVERIFY(model["latency_ms"].toDouble() > 0);
    QCOMPARE(model["sha256"].toString().size(), 64);
    QVERIFY(!model["layers"].toArray().isEmpty());
    QVERIFY(!model["layers"][0]["shape"].toArray().isEmpty());
}

void TestCommandLine::modelWithLayers_printsWhatEachCosts() {
    const double whole = runCommandLine({"model", smallModel("shapes-cnn"), "--json", "--no-speed"}).json().object()["macs"].toDouble();
    const QJsonArray operators = runCommandLine({"model", smallModel("shapes-cnn"), "--layers", "--json"}).json().array();
    double sum = 0.0;
    for (const QJsonValue& one : operators) sum += one["macs"].toDouble();
    QVERIFY(sum > 0);
    QCOMPARE(sum, whole);
    const QString table = runCommandLine({"model", smallModel("shapes-cnn"), "--layers"}).output;
    QCOMPARE(table.trimmed().count('\n'), operators.size() + 1);  // a head and the sums
    QVERIFY2(table.contains(operators[0]["name"].toString()) && table.contains("100.00 %"), qPrintable(table));
}

void TestCommandLine::predict_printsTheMostProbableClasses() {
    const ProgramResult result = runCommandLine({"predict", "--model", smallModel("shapes-cnn"), "--image",
                                                 pictures_.path("star.png"), "--top", "3", "--json"});
    QCOMPARE(result.exitCode, 0);
    const QJsonValue prediction = result.json().array().first();
    const QJsonArray top = prediction["top"].toArray();
    QCOMPARE(top.size(), 3);
    QCOMPARE(top[0]["label"].toString(), QString("star"));
    QCOMPARE(top[0]["index"].toInt(), 3);
    QVERIFY(top[0]["probability"].toDouble() >= top[1]["probability"].toDouble());
    QCOMPARE(prediction["logits"].toArray().size(), 4);
    QCOMPARE(prediction["logits"][3].toDouble(), top[0]["logit"].toDouble());
    double sum = 0.0;
    for (const QJsonValue& logit : prediction["logits"].toArray()) {
        sum += std::exp(logit.toDouble() - top[0]["logit"].toDouble());
    }
    QVERIFY(std::abs(1.0 / sum - top[0]["probability"].toDouble()) < 1e-5);
}

void TestCommandLine::predict_acceptsSeveralModelsAndPictures() {
    const QString picture = pictures_.path("star.png");
    const ProgramResult result =
        runCommandLine({"predict", "--model", smallModel("shapes-cnn"), smallModel("shapes-shortcut"), "--image",
                        picture, "--image", picture, "--json"});
    QCOMPARE(result.exitCode, 0);
    QCOMPARE(result.json().array().size(), 4);
}

void TestCommandLine::remarkOnAPicture_isToldOnceAndInTheRecord() {
    const ProgramResult result =
        runCommandLine({"predict", "--model", smallModel("shapes-cnn"), smallModel("shapes-shortcut"), "--image",
                        QString(DISCERN_TEST_DATA) + "/fixtures/pictures/rgba_8.png", "--json"});
    QCOMPARE(result.exitCode, 0);
    QCOMPARE(result.errors.count("rgba_8.png: transparent: shown over white\n"), 1);
    QCOMPARE(result.json()[1]["image_notes"].toArray(), QJsonArray{"transparent: shown over white"});
}

void TestCommandLine::badInput_isToldInOneSentence_data() {
    QTest::addColumn<QString>("model");
    QTest::addColumn<QString>("picture");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("words");
    pictures_.write("empty.pt", "");
    pictures_.write("text.pt", "no network\n");
    pictures_.write("contradicted.card.json", R"({"labels": ["cat", "dog"], "input": {"size": [64, 64]}})");
    QFile::copy(smallModel("shapes-cnn"), pictures_.path("contradicted.pt"));
    const QString model = smallModel("shapes-cnn");
    const QString picture = pictures_.path("star.png");
    QTest::newRow("truncated picture") << model << pictures_.path("cut.png") << 3 << "cut.png is cut short after";
    QTest::newRow("text called jpg") << model << pictures_.path("notes.jpg") << 3 << "notes.jpg holds text";
    QTest::newRow("missing picture") << model << pictures_.path("none.png") << 3 << "none.png";
    QTest::newRow("missing model") << pictures_.path("none.pt") << picture << 4 << "none.pt";
    QTest::newRow("unknown name") << "efficientnet-liteX" << picture << 4 << "efficientnet-liteX";
    QTest::newRow("empty model") << pictures_.path("empty.pt") << picture << 4 << "empty.pt";
    QTest::newRow("text called pt") << pictures_.path("text.pt") << picture << 4 << "text.pt";
    QTest::newRow("no classifier") << QString(DISCERN_TEST_DATA) + "/app/no_classifier.pt" << picture << 4
                                   << "no_classifier.pt";
    QTest::newRow("contradicting card") << pictures_.path("contradicted.pt") << picture << 4 << "2 labels";
}

void TestCommandLine::badInput_isToldInOneSentence() {
    QFETCH(QString, model);
    QFETCH(QString, picture);
    QFETCH(int, exitCode);
    QFETCH(QString, words);
    const ProgramResult result = runCommandLine({"predict", "--model", model, "--image", picture, "--quiet"});
    QCOMPARE(result.exitCode, exitCode);
    QCOMPARE(result.errors.trimmed().split('\n').size(), 1);
    QVERIFY2(result.errors.contains(words), qPrintable(result.errors));
}

void TestCommandLine::badPicture_stopsNoOther() {
    const ProgramResult result = runCommandLine({"predict", "--model", smallModel("shapes-cnn"), "--image",
                                                 pictures_.path("cut.png"), "--image", pictures_.path("star.png")});
    QCOMPARE(result.exitCode, 3);
    QVERIFY(result.output.contains("star"));
}

void TestCommandLine::json_isOneDocumentEvenWhereItemsFail() {
    const ProgramResult result = runCommandLine({"predict", "--model", smallModel("shapes-cnn"), "--image",
                                                 pictures_.path("notes.jpg"), pictures_.path("star.png"), "--json"});
    QCOMPARE(result.exitCode, 3);
    const QJsonArray results = result.json().array();
    QCOMPARE(results.size(), 2);
    QVERIFY(results[0]["error"].toString().contains("notes.jpg"));
    QCOMPARE(results[1]["top"][0]["label"].toString(), QString("star"));
}

QTEST_GUILESS_MAIN(TestCommandLine)
#include "test_command_line.moc"
