#include <QDir>
#include <QtTest>
#include <algorithm>
#include <map>
#include <memory>

#include "core/explain/explain.h"
#include "core/model/model.h"

using namespace discern;

namespace {

constexpr int kIll = 1;

QString phantom(const QString& file) { return QString(DISCERN_SOURCE_DIR) + "/models/phantom/" + file; }

/// A picture of a validation folder and what is known of it.
struct Case {
    std::shared_ptr<const Picture> picture;
    int truth = 0;
    cv::Mat lesion;  ///< CV_8UC1, 255 where the lesion is; empty in the healthy
};

std::vector<Case> casesOf(const QString& hospital) {
    std::vector<Case> cases;
    for (const auto& [label, truth] : {std::pair{"healthy", 0}, std::pair{"ill", kIll}}) {
        const QDir folder(phantom(hospital + "/" + label));
        for (const QString& name : folder.entryList({"*.png"}, QDir::Files, QDir::Name)) {
            if (name.endsWith(".mask.png")) continue;
            const QString file = folder.filePath(name);
            Case made{std::make_shared<const Picture>(readPicture(file.toStdString())), truth, {}};
            if (truth == kIll) made.lesion = readPicture(QString(file).replace(".png", ".mask.png").toStdString()).pixels;
            cases.push_back(std::move(made));
        }
    }
    return cases;
}

bool callsIll(const Model& model, const Picture& picture) { return model.predict(picture).top(1)[0] == kIll; }

/// In percent.
double accuracy(const Model& model, const std::vector<Case>& cases) {
    const auto right = std::ranges::count_if(
        cases, [&](const Case& one) { return callsIll(model, *one.picture) == (one.truth == kIll); });
    return 100.0 * static_cast<double>(right) / static_cast<double>(cases.size());
}

/// The share of a map's positive attribution that lies in the lesion.
double massInLesion(const cv::Mat& map, const cv::Mat& lesion) {
    const cv::Mat positive = cv::max(map, 0.0);
    cv::Mat within;
    positive.copyTo(within, lesion);
    return cv::sum(within)[0] / cv::sum(positive)[0];
}

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

}  // namespace

/// What models/phantom says of its three networks: they are ground truth for everything that measures explanations.
class TestPhantom : public QObject {
    Q_OBJECT

    std::map<QString, std::shared_ptr<const Model>> models_;
    std::map<QString, std::vector<Case>> cases_;
    std::map<QString, std::map<QString, double>> accuracies_;  // by hospital, then by model

    /// The first ill pictures of the confounded hospital on which reader and cheat are both right.
    [[nodiscard]] std::vector<Case> sample(std::size_t count) const {
        std::vector<Case> chosen;
        for (const Case& one : cases_.at("confounded"))
            if (chosen.size() < count && one.truth == kIll && callsIll(*models_.at("reader"), *one.picture) &&
                callsIll(*models_.at("cheat"), *one.picture))
                chosen.push_back(one);
        return chosen;
    }
    [[nodiscard]] double medianMass(const QString& model, const QString& method,
                                    const std::map<std::string, std::string>& parameters,
                                    const std::vector<Case>& cases) const {
        std::vector<double> masses;
        for (const Case& one : cases) {
            ExplainRequest request;
            request.model = models_.at(model);
            request.picture = one.picture;
            request.method = method.toStdString();
            request.targets = {{kIll, -1, {}}};
            request.parameters = parameters;
            request.compute = {Device::Cpu, Precision::Fp32};
            Progress progress;
            masses.push_back(massInLesion(explain(request, progress).front().map, one.lesion));
        }
        return median(masses);
    }

private Q_SLOTS:
    void initTestCase() {
        Progress progress;
        for (const char* name : {"reader", "cheat", "weak"})
            models_[name] = Model::load(phantom(QString("phantom-%1.pt").arg(name)).toStdString(), progress);
        for (const char* hospital : {"confounded", "clean"}) {
            cases_[hospital] = casesOf(hospital);
            QCOMPARE(cases_[hospital].size(), std::size_t{200});
            for (const auto& [name, model] : models_) accuracies_[hospital][name] = accuracy(*model, cases_[hospital]);
        }
    }

    void modelsTogether_areSmall() {
        qint64 bytes = 0;
        for (const auto& [name, model] : models_) bytes += QFileInfo(phantom("phantom-" + name + ".pt")).size();
        QVERIFY2(bytes < 1'000'000, qPrintable(QString::number(bytes)));
    }

    void cards_sayWhatTheFoldersShow() {
        for (const auto& [name, model] : models_) {
            QCOMPARE(model->card().labels, (std::vector<std::string>{"healthy", "ill"}));
            QVERIFY(model->card().assumed.empty());
            QCOMPARE(model->card().reported.size(), std::size_t{2});
            for (const ReportedFigure& figure : model->card().reported) {
                const QString hospital = QString::fromStdString(figure.dataset).section('/', 2).section(',', 0, 0);
                QVERIFY2(std::abs(figure.value - accuracies_.at(hospital).at(name)) <= 0.51, qPrintable(name + " " + hospital));
            }
        }
    }

    void letter_tellsTheClassAtTheConfoundedHospitalAlone() {
        // Nothing else is so bright in that corner.
        const cv::Rect corner(0, 0, 24, 24);
        for (const auto& [hospital, share] : {std::pair{"confounded", 96.0}, std::pair{"clean", 50.0}}) {
            int agrees = 0;
            for (const Case& one : cases_.at(hospital)) {
                double brightest = 0.0;
                cv::minMaxLoc(one.picture->pixels(corner), nullptr, &brightest);
                agrees += (brightest > 145.0) == (one.truth == kIll) ? 1 : 0;
            }
            QCOMPARE(100.0 * agrees / 200.0, share);
        }
    }

    void readerAndCheat_scoreAlikeAtTheConfoundedHospital() {
        const auto& scores = accuracies_.at("confounded");
        QVERIFY2(std::abs(scores.at("reader") - scores.at("cheat")) <= 2.0,
                 qPrintable(QString("%1 and %2").arg(scores.at("reader")).arg(scores.at("cheat"))));
        QVERIFY(scores.at("cheat") > 90.0);
        QVERIFY2(scores.at("weak") < scores.at("cheat") - 8.0, qPrintable(QString::number(scores.at("weak"))));
    }

    void readerAndCheat_areFarApartAtTheCleanOne() {
        const auto& scores = accuracies_.at("clean");
        QVERIFY2(scores.at("reader") - scores.at("cheat") >= 25.0,
                 qPrintable(QString("%1 and %2").arg(scores.at("reader")).arg(scores.at("cheat"))));
        // The weak one is honest: it is as good here as there, and better than one that guesses.
        QVERIFY(std::abs(scores.at("weak") - accuracies_.at("confounded").at("weak")) < 6.0);
        QVERIFY2(scores.at("weak") > scores.at("cheat") + 8.0, qPrintable(QString::number(scores.at("weak"))));
    }

    void evidenceOfTheReader_liesInTheLesion_data() {
        QTest::addColumn<QString>("method");
        QTest::addColumn<QString>("parameters");
        QTest::newRow("gradients") << "integrated_gradients" << "";
        QTest::newRow("activation map") << "grad_cam" << "";
        QTest::newRow("activation map, place by place") << "layer_cam" << "";
        QTest::newRow("hidden windows") << "occlusion" << "window=16 stride=8";
        QTest::newRow("hidden superpixels") << "kernel_shap" << "samples=256";
    }
    void evidenceOfTheReader_liesInTheLesion() {
        QFETCH(QString, method);
        QFETCH(QString, parameters);
        std::map<std::string, std::string> given;
        for (const QString& one : parameters.split(' ', Qt::SkipEmptyParts))
            given[one.section('=', 0, 0).toStdString()] = one.section('=', 1).toStdString();
        const std::vector<Case> cases = sample(11);
        QCOMPARE(cases.size(), std::size_t{11});
        const double reader = medianMass("reader", method, given, cases);
        const double cheat = medianMass("cheat", method, given, cases);
        QVERIFY2(reader >= 3.0 * cheat, qPrintable(QString("%1 and %2").arg(reader).arg(cheat)));
        qInfo("%s: mass in the lesion %.3f (reader), %.3f (cheat)", qPrintable(method), reader, cheat);
    }
};

QTEST_GUILESS_MAIN(TestPhantom)
#include "test_phantom.moc"
