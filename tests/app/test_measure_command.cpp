#include <QTest>
#include <cmath>
#include <limits>

#include "app/program.h"
#include "core/store/npy.h"
#include "real_models.h"

using namespace discern;

namespace {

constexpr int kSide = 64;  // of the input of the small models

QString reference(const QString& name) { return QStringLiteral(DISCERN_TEST_DATA "/reference/") + name; }

QJsonObject metricOf(const ProgramResult& result, const QString& name) {
    for (const QJsonValue& metric : result.json()["metrics"].toArray())
        if (metric["name"] == name) return metric.toObject();
    return {};
}

/// The largest distance of a curve from a stored one; infinite where they are of unlike length.
double distance(const QJsonArray& curve, const FloatArray& stored) {
    if (static_cast<std::size_t>(curve.size()) != stored.data.size()) return std::numeric_limits<double>::infinity();
    double most = 0.0;
    for (qsizetype i = 0; i < curve.size(); ++i)
        most = std::max(most, std::abs(curve[i].toDouble() - stored.data[static_cast<std::size_t>(i)]));
    return most;
}

}  // namespace

/// Maps from files, measured from the command line.
class TestMeasureCommand : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void goldenMaps_haveTheReferencesFigures_data();
    void goldenMaps_haveTheReferencesFigures();
    void document_isAsPromised();
    void mapOfChannels_countsAsItsMagnitudes();
    void whatExplainsAgain_isRefused();
    void mapThatIsNone_isRefused_data();
    void mapThatIsNone_isRefused();
    void maskOfAnotherSize_isRefused();
    void mask_isFoundBesideTheImage();
    void oblongPicture_keepsRowsAndColumns();
    void explain_writesMetrics();
    void compare_writesMetricsAndCharts();

private:
    [[nodiscard]] QString store(const QString& name, const FloatArray& array) const {
        writeNpy(pictures_.path(name).toStdString(), array);
        return pictures_.path(name);
    }
    /// H x W values that rise along the rows.
    [[nodiscard]] static FloatArray rising(std::int64_t height = kSide, std::int64_t width = kSide) {
        FloatArray array{{height, width}, {}};
        for (std::int64_t i = 0; i < height * width; ++i) array.data.push_back(static_cast<float>(i + 1));
        return array;
    }
    [[nodiscard]] QStringList measure(const QString& map, const QStringList& more) const {
        return QStringList{
                   "measure", "--model", smallModel("shapes-cnn"), "--image", pictures_.path("star.png"), "--map",
                   map,       "--json"} +
               more;
    }
    [[nodiscard]] QByteArray read(const QString& name) const {
        QFile file(pictures_.path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    /// A white box on black, in a picture of the same size as the star.
    [[nodiscard]] QString mask(const QString& name, const cv::Rect& box, const cv::Size& size = {90, 70}) const {
        cv::Mat pixels = cv::Mat::zeros(size, CV_8UC1);
        pixels(box) = 255;
        cv::imwrite(pictures_.path(name).toStdString(), pixels);
        return pictures_.path(name);
    }

    PictureFolder pictures_;
};

void TestMeasureCommand::goldenMaps_haveTheReferencesFigures_data() {
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("model");
    QTest::addColumn<int>("target");
    QTest::addColumn<QString>("map");
    for (const char* map : {"integrated_gradients", "grad_cam_last"}) {
        QTest::addRow("lite0 %s", map) << "lite0-chelsea"
                                       << "efficientnet-lite0" << 285 << map;
        QTest::addRow("lite1 %s", map) << "lite1-astronaut"
                                       << "efficientnet-lite1" << 560 << map;
        QTest::addRow("lite2 %s", map) << "lite2-coffee"
                                       << "efficientnet-lite2" << 967 << map;
    }
}

void TestMeasureCommand::goldenMaps_haveTheReferencesFigures() {
    QFETCH(QString, folder);
    QFETCH(QString, model);
    REQUIRE_ZOO_MODELS({model.toStdString()});
    QFETCH(int, target);
    QFETCH(QString, map);
    const QString image = reference(folder + "/input.png");
    const cv::Mat picture = cv::imread(image.toStdString());
    const int side = picture.rows;
    const int first = side / 4;
    const QString box =
        mask(folder + ".png", {first, first, 3 * side / 4 - first, 3 * side / 4 - first}, picture.size());
    const ProgramResult result = runCommandLine({"measure",
                                                 "--model",
                                                 model,
                                                 "--image",
                                                 image,
                                                 "--map",
                                                 reference(folder + "/" + map + ".npy"),
                                                 "--target",
                                                 QString::number(target),
                                                 "--mask",
                                                 box,
                                                 "--metric",
                                                 "deletion",
                                                 "insertion",
                                                 "sparseness",
                                                 "entropy",
                                                 "relevance_mass",
                                                 "pointing_game",
                                                 "relevance_rank_accuracy",
                                                 "--no-baselines",
                                                 "--json"});
    QVERIFY2(result.exitCode == 0, qPrintable(result.errors));
    QFile file(reference(folder + "/metrics.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonObject expected = QJsonDocument::fromJson(file.readAll()).object()[map].toObject();
    for (const QString& name : {QStringLiteral("deletion"), QStringLiteral("insertion")}) {
        const QJsonObject found = metricOf(result, name);
        const FloatArray curve = readNpy(reference(folder + "/" + name + "_curve_" + map + ".npy").toStdString());
        const double apart = distance(found["curve"]["y"].toArray(), curve);
        QVERIFY2(apart < 1e-3, qPrintable(QString("%1: %2").arg(name).arg(apart)));
        QVERIFY(std::abs(found["value"].toDouble() - expected[name + "_auc"].toDouble()) < 1e-3);
    }
    const auto value = [&](const char* name) { return metricOf(result, name)["value"].toDouble(-1.0); };
    QVERIFY(std::abs(value("sparseness") - expected["sparseness_gini"].toDouble()) < 1e-6);
    QVERIFY(std::abs(value("entropy") - expected["complexity_entropy"].toDouble()) < 1e-6);
    const QJsonObject inside = expected["centre_box"].toObject();
    QVERIFY(std::abs(value("relevance_mass") - inside["energy_inside"].toDouble()) < 1e-6);
    QVERIFY(std::abs(value("relevance_rank_accuracy") - inside["relevance_rank_accuracy"].toDouble()) < 1e-9);
    QCOMPARE(value("pointing_game"), inside["pointing_game_hit"].toBool() ? 1.0 : 0.0);
}

void TestMeasureCommand::document_isAsPromised() {
    const ProgramResult result =
        runCommandLine(measure(store("rising.npy", rising()), {"--target", "0", "--metric", "deletion", "entropy"}));
    QVERIFY2(result.exitCode == 0, qPrintable(result.errors));
    const QJsonObject deletion = metricOf(result, "deletion");
    QCOMPARE(deletion["better"], "lower");
    QVERIFY(deletion["undefined"].isNull());
    // 64 x 64 pixels, 8 * 64 a step.
    QCOMPARE(deletion["evaluations"].toInt(), 9);
    QCOMPARE(deletion["curve"]["x"].toArray().size(), 9);
    QCOMPARE(deletion["curve"]["x"].toArray().last().toDouble(), 1.0);
    QCOMPARE(deletion["baselines"].toObject().keys(), (QStringList{"centre", "edges", "random"}));
    QVERIFY(deletion["value"].toDouble() >= 0.0 && deletion["value"].toDouble() <= 1.0);
    QVERIFY(!metricOf(result, "entropy").contains("curve"));
}

void TestMeasureCommand::mapOfChannels_countsAsItsMagnitudes() {
    FloatArray channels{{3, kSide, kSide}, {}};
    FloatArray sum{{kSide, kSide}, std::vector<float>(kSide * kSide, 0.0F)};
    for (std::size_t i = 0; i < 3 * sum.data.size(); ++i) {
        channels.data.push_back(static_cast<float>(std::sin(static_cast<double>(i))));
        sum.data[i % sum.data.size()] += std::abs(channels.data.back());
    }
    const QStringList metrics = {"--target", "0", "--metric", "deletion", "sparseness", "--no-baselines"};
    const ProgramResult ofChannels = runCommandLine(measure(store("channels.npy", channels), metrics));
    const ProgramResult ofSum = runCommandLine(measure(store("sum.npy", sum), metrics));
    QCOMPARE(ofChannels.exitCode, 0);
    QCOMPARE(ofChannels.json(), ofSum.json());
    const ProgramResult completeness =
        runCommandLine(measure(store("channels.npy", channels), {"--metric", "completeness"}));
    QVERIFY(metricOf(completeness, "completeness")["value"].isNull());
    QVERIFY(metricOf(completeness, "completeness")["undefined"].toString().contains("magnitudes"));
}

void TestMeasureCommand::whatExplainsAgain_isRefused() {
    for (const char* metric : {"max_sensitivity", "randomisation", "random_logit"}) {
        const ProgramResult result = runCommandLine(measure(store("rising.npy", rising()), {"--metric", metric}));
        QCOMPARE(result.exitCode, 2);
        QCOMPARE(result.complaints().size(), 1);
        QVERIFY2(result.errors.contains("--method"), qPrintable(result.errors));
    }
}

void TestMeasureCommand::mapThatIsNone_isRefused_data() {
    QTest::addColumn<FloatArray>("array");
    QTest::addColumn<QString>("says");
    FloatArray hole = rising();
    hole.data[7] = std::numeric_limits<float>::quiet_NaN();
    FloatArray endless = rising();
    endless.data[7] = std::numeric_limits<float>::infinity();
    QTest::addRow("NaN") << hole << "NaN";
    QTest::addRow("infinite") << endless << "infinite";
    QTest::addRow("too small") << rising(kSide, kSide - 1) << "64 x 64";
    QTest::addRow("a row") << FloatArray{{kSide}, std::vector<float>(kSide, 1.0F)} << "64 x 64";
    QTest::addRow("channels last") << FloatArray{{kSide, kSide, 3}, std::vector<float>(kSide * kSide * 3, 1.0F)}
                                   << "64 x 64";
}

void TestMeasureCommand::mapThatIsNone_isRefused() {
    QFETCH(FloatArray, array);
    QFETCH(QString, says);
    const ProgramResult result = runCommandLine(measure(store("bad.npy", array), {"--metric", "entropy"}));
    QCOMPARE(result.exitCode, 3);
    QCOMPARE(result.complaints().size(), 1);
    QVERIFY2(result.errors.contains(says) && result.errors.contains("bad.npy"), qPrintable(result.errors));
}

void TestMeasureCommand::maskOfAnotherSize_isRefused() {
    const QString map = store("rising.npy", rising());
    const QString turned = mask("turned.png", {0, 0, 20, 20}, {70, 90});
    const ProgramResult result = runCommandLine(measure(map, {"--metric", "iou", "--mask", turned}));
    QCOMPARE(result.exitCode, 3);
    QVERIFY2(result.errors.contains("turned.png"), qPrintable(result.errors));
    QCOMPARE(runCommandLine(measure(map, {"--metric", "iou"})).exitCode, 2);
}

void TestMeasureCommand::mask_isFoundBesideTheImage() {
    cv::imwrite(pictures_.path("beside.png").toStdString(), cv::imread(pictures_.path("star.png").toStdString()));
    static_cast<void>(mask("beside.mask.png", {10, 0, 70, 35}));
    const ProgramResult result =
        runCommandLine({"measure", "--model", smallModel("shapes-cnn"), "--image", pictures_.path("beside.png"),
                        "--map", store("rising.npy", rising()), "--metric", "relevance_mass", "--json"});
    QVERIFY2(result.exitCode == 0, qPrintable(result.errors));
    // The upper half of values 1 ... 4096 holds a quarter of them.
    QVERIFY(std::abs(metricOf(result, "relevance_mass")["value"].toDouble() - 0.25) < 1e-3);
}

void TestMeasureCommand::oblongPicture_keepsRowsAndColumns() {
    // The picture is 90 x 70; the model sees the 70 x 70 in its middle. A box in the left half of that.
    FloatArray left{{kSide, kSide}, {}};
    for (int i = 0; i < kSide * kSide; ++i) left.data.push_back(i % kSide < kSide / 2 ? 1.0F : 0.0F);
    const QString box = mask("left.png", {10, 0, 35, 70});
    const ProgramResult result =
        runCommandLine(measure(store("left.npy", left), {"--metric", "relevance_mass", "iou", "relevance_rank_accuracy",
                                                         "mass_lift", "--mask", box}));
    QVERIFY2(result.exitCode == 0, qPrintable(result.errors));
    for (const char* name : {"relevance_mass", "iou", "relevance_rank_accuracy"})
        QCOMPARE(metricOf(result, name)["value"].toDouble(), 1.0);
    QCOMPARE(metricOf(result, "mass_lift")["value"].toDouble(), 2.0);
}

void TestMeasureCommand::explain_writesMetrics() {
    const ProgramResult result = runCommandLine(
        {"explain", "--model", smallModel("shapes-cnn"), "--image", pictures_.path("star.png"), "--method", "saliency",
         "grad_cam", "--metric", "deletion", "max_sensitivity", "randomisation", "relevance_mass", "--mask",
         mask("e.png", {10, 0, 35, 70}), "--param", "max_sensitivity.samples=2", "randomisation.steps=2", "--out",
         pictures_.path("e"), "--json"});
    QVERIFY2(result.exitCode == 0, qPrintable(result.errors));
    const QJsonArray explanations = QJsonDocument::fromJson(read("e/metrics.json"))["explanations"].toArray();
    QCOMPARE(explanations.size(), 2);
    QCOMPARE(explanations[0]["metrics"].toArray().size(), 4);
    for (const QJsonValue& metric : explanations[0]["metrics"].toArray())
        QVERIFY2(metric["value"].isDouble(), qPrintable(metric["undefined"].toString()));
    const QStringList table = QString::fromUtf8(read("e/metrics.csv")).trimmed().split("\r\n");
    QCOMPARE(table.size(), 3);
    QVERIFY2(table[0].startsWith("model,image,method,deletion,deletion_random,deletion_edges,deletion_centre,max_"),
             qPrintable(table[0]));
}

void TestMeasureCommand::compare_writesMetricsAndCharts() {
    cv::Mat turned;
    cv::flip(cv::imread(pictures_.path("star.png").toStdString()), turned, 1);
    cv::imwrite(pictures_.path("turned_star.png").toStdString(), turned);
    const ProgramResult result =
        runCommandLine({"compare", "--model", smallModel("shapes-cnn"), "--image", pictures_.path("star.png"),
                        pictures_.path("turned_star.png"), "--method", "saliency", "--metric", "insertion",
                        "sparseness", "--out", pictures_.path("c"), "--json"});
    QVERIFY2(result.exitCode == 0, qPrintable(result.errors));
    const QJsonObject document = result.json().object();
    QCOMPARE(document["explanations"][0]["metrics"].toArray().size(), 2);
    const QJsonArray means = document["metric_means"].toArray();
    QCOMPARE(means.size(), 2);
    QCOMPARE(means[0]["images"].toInt(), 2);
    QVERIFY(means[0]["low"].toDouble() <= means[0]["mean"].toDouble());
    QVERIFY(means[0]["high"].toDouble() >= means[0]["mean"].toDouble());
    const QStringList table = QString::fromUtf8(read("c/metrics.csv")).trimmed().split("\r\n");
    QVERIFY2(
        table[0].endsWith("insertion,insertion_random,insertion_edges,insertion_centre,sparseness,sparseness_random,"
                          "sparseness_edges,sparseness_centre"),
        qPrintable(table[0]));
    const QString report = QString::fromUtf8(read("c/report.html"));
    QCOMPARE(report.count("<svg"), 2);
    QVERIFY(report.contains("share of the pixels inserted"));
    QVERIFY(report.contains("Metrics over all images"));
}

QTEST_GUILESS_MAIN(TestMeasureCommand)
#include "test_measure_command.moc"
