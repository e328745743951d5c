#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <opencv2/imgcodecs.hpp>

#include "core/error.h"
#include "core/evaluate/evaluation_record.h"
#include "core/evaluate/evaluator.h"
#include "core/evaluate/labelled_set.h"
#include "core/model/model.h"
#include "core/store/workspace.h"

using namespace discern;

namespace {

/// Keeps results in memory and counts what is new.
class CountingWorkspace : public Workspace {
public:
    std::map<std::string, std::string> known;
    int kept = 0;
    bool broken = false;

    std::optional<std::string> find(const std::string& kind, const std::string& key) override {
        if (broken) throw Error(ErrorKind::Input, "work.discern is damaged.");
        const auto found = known.find(kind + ":" + key);
        return found == known.end() ? std::nullopt : std::optional(found->second);
    }
    void keep(const std::string& kind, const std::string& key, const std::string& value) override {
        ++kept;
        known[kind + ":" + key] = value;
    }
    void commit() override {}
    std::optional<std::string> state(const std::string&) override { return std::nullopt; }
    void setState(const std::string&, const std::string&) override {}
    std::optional<std::string> map(const std::string&) override { return std::nullopt; }
    void keepMap(const std::string&, const std::string&, std::int64_t) override {}
    std::vector<std::string> mapKeys() override { return {}; }
    void clear() override {}
    void copyTo(const std::filesystem::path&) override {}
    [[nodiscard]] const std::filesystem::path& file() const override { return file_; }

private:
    std::filesystem::path file_ = "work.discern";
};

/// Is cancelled once it was asked so often.
class CancelledLater : public Progress {
public:
    explicit CancelledLater(int after) : left_(after) {}
    [[nodiscard]] bool cancelled() const override { return left_-- <= 0; }

private:
    mutable int left_;
};

QString phantom(const QString& file) { return QString(DISCERN_SOURCE_DIR) + "/models/phantom/" + file; }

}  // namespace

/// Models on a labelled set, without a program around them.
class TestEvaluator : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    std::shared_ptr<const Model> reader_;

    void copy(const QString& from, const QString& to) const {
        QDir().mkpath(QFileInfo(folder_.filePath(to)).path());
        QVERIFY2(QFile::copy(from, folder_.filePath(to)), qPrintable(to));
    }
    [[nodiscard]] static QStringList pictures(const QString& label, int count) {
        QStringList names;
        for (const QString& name : QDir(phantom("confounded/" + label)).entryList({"*.png"}, QDir::Files, QDir::Name))
            if (!name.endsWith(".mask.png") && names.size() < count) names << name;
        return names;
    }
    /// So many images a class; the ill ones with their masks.
    void makeSet(const QString& name, int count) const {
        for (const char* label : {"ill", "healthy"}) {
            for (const QString& file : pictures(label, count)) {
                const QString below = QString(label) + "/" + file;
                copy(phantom("confounded/" + below), name + "/" + below);
                const QString mask = QString(below).replace(".png", ".mask.png");
                if (QFile::exists(phantom("confounded/" + mask))) copy(phantom("confounded/" + mask), name + "/" + mask);
            }
        }
    }
    [[nodiscard]] EvaluationRequest requestFor(const QString& name) const {
        EvaluationRequest request;
        request.models = {reader_};
        request.set = readLabelledSet(folder_.filePath(name).toStdString());
        request.cost = false;
        return request;
    }
    static void askForTrust(EvaluationRequest& request) {
        request.methods = {{"grad_cam"}};
        request.metrics = {{"mass_lift"}, {"sparseness"}};
    }
    static void compare(const Evaluation& a, const Evaluation& b) {
        QCOMPARE(a.models.size(), b.models.size());
        for (std::size_t m = 0; m < a.models.size(); ++m) {
            QCOMPARE(a.models[m].images, b.models[m].images);
            QCOMPARE(a.models[m].answers.truth, b.models[m].answers.truth);
            QCOMPARE(cv::norm(a.models[m].answers.probabilities, b.models[m].answers.probabilities, cv::NORM_INF), 0.0);
            QCOMPARE(a.models[m].trust.size(), b.models[m].trust.size());
            for (std::size_t f = 0; f < a.models[m].trust.size(); ++f) {
                const TrustFigure& one = a.models[m].trust[f];
                const TrustFigure& other = b.models[m].trust[f];
                QVERIFY(one.value == other.value || (std::isnan(one.value) && std::isnan(other.value)));
                QCOMPARE(one.undefined, other.undefined);
                QVERIFY(one.baselines == other.baselines);
            }
        }
    }

private Q_SLOTS:
    void initTestCase() {
        Progress progress;
        reader_ = Model::load(phantom("phantom-reader.pt").toStdString(), progress);
        makeSet("small", 10);
    }

    void batchesAnswer_asSinglePicturesDo() {
        Progress progress;
        const EvaluationRequest request = requestFor("small");
        const Evaluation evaluation = evaluate(request, nullptr, progress);
        const ModelEvaluation& model = evaluation.models.front();
        QCOMPARE(model.images.size(), std::size_t{20});
        for (std::size_t row = 0; row < model.images.size(); ++row) {
            const LabelledImage& image = evaluation.set.images[model.images[row]];
            const Picture picture = readPicture(std::filesystem::path(evaluation.set.folder) / image.file);
            QCOMPARE(image.digest, picture.sha256);
            const Prediction alone = reader_->predict(picture);
            for (int c = 0; c < reader_->classCount(); ++c)
                QVERIFY(std::abs(model.answers.probabilities.at<double>(static_cast<int>(row), c) -
                                 static_cast<double>(alone.probabilities[static_cast<std::size_t>(c)])) < 1e-5);
            QCOMPARE(model.answers.classes[static_cast<std::size_t>(model.answers.truth[row])], image.label);
        }
    }

    void mappedLabels_countAsTheirClasses() {
        Progress progress;
        EvaluationRequest request = requestFor("small");
        const Evaluation plain = evaluate(request, nullptr, progress);
        request.mapping = {{"ill", "healthy"}, {"healthy", "ill"}};
        const Evaluation turned = evaluate(request, nullptr, progress);
        for (std::size_t row = 0; row < plain.models[0].answers.truth.size(); ++row)
            QCOMPARE(turned.models[0].answers.truth[row], 1 - plain.models[0].answers.truth[row]);
    }

    void whatIsKnown_isNotComputedAgain() {
        Progress progress;
        EvaluationRequest request = requestFor("small");
        askForTrust(request);
        request.cost = true;
        request.sample = 4;
        CountingWorkspace workspace;
        const Evaluation first = evaluate(request, &workspace, progress);
        QCOMPARE(workspace.kept, 20 + 4 * 2 + 1);
        workspace.kept = 0;
        const Evaluation second = evaluate(request, &workspace, progress);
        QCOMPARE(workspace.kept, 0);
        compare(first, second);
        const EvaluatedCost& cost = second.models[0].cost;
        QCOMPARE(cost.latencyMs, first.models[0].cost.latencyMs);
        QVERIFY(cost.latencyP95Ms >= cost.latencyMs);
        QVERIFY(cost.peakBytes > 0.0 && cost.peakBytes == first.models[0].cost.peakBytes);
        QVERIFY(cost.trainingBytes > 0.0 && cost.trainingBytes == first.models[0].cost.trainingBytes);
        QVERIFY(cost.trainingSeconds > 0.0 && cost.batch > 0);
        // Another seed is another explanation, but the same answer.
        request.seed = 1;
        request.sample = 20;
        static_cast<void>(evaluate(request, &workspace, progress));
        QCOMPARE(workspace.kept, 20 * 2);
    }

    void stoppedAnywhere_goesOnToTheSameFigures() {
        Progress progress;
        EvaluationRequest request = requestFor("small");
        askForTrust(request);
        request.sample = 6;
        const Evaluation whole = evaluate(request, nullptr, progress);
        CountingWorkspace workspace;
        int stopped = 0;
        for (int after = 1;; after *= 3) {
            CancelledLater stopping(after);
            try {
                compare(evaluate(request, &workspace, stopping), whole);
                break;
            } catch (const Error& error) {
                QCOMPARE(error.kind(), ErrorKind::Cancelled);
                ++stopped;
            }
        }
        QVERIFY(stopped >= 2);
        // All stops together computed each answer and each figure once.
        QCOMPARE(workspace.kept, 20 + 6 * 2);
    }

    /// Healthy images often have a mask on which nothing is marked.
    void blackMask_concernsRegionsAlone() {
        makeSet("black", 1);
        const QString image = pictures("healthy", 1).first();
        const cv::Mat picture = cv::imread(phantom("confounded/healthy/" + image).toStdString(), cv::IMREAD_GRAYSCALE);
        const QString mask = folder_.filePath("black/healthy/" + QString(image).replace(".png", ".mask.png"));
        QVERIFY(cv::imwrite(mask.toStdString(), cv::Mat::zeros(picture.size(), CV_8UC1)));
        Progress progress;
        EvaluationRequest request = requestFor("black");
        askForTrust(request);
        const Evaluation evaluation = evaluate(request, nullptr, progress);
        QCOMPARE(evaluation.models[0].trust.size(), std::size_t{4});
        QVERIFY(evaluation.set.excluded.empty());
        for (const TrustFigure& figure : evaluation.models[0].trust) {
            const bool healthy = evaluation.set.images[figure.image].label == "healthy";
            const bool defined = !(healthy && figure.metric == "mass_lift");
            QCOMPARE(std::isfinite(figure.value), defined);
            QCOMPARE(figure.undefined.empty(), defined);
        }
    }

    void masksWithoutARegion_areListedOnceWithTheReason() {
        makeSet("masks", 4);
        std::vector<std::string> files;
        for (const QString& image : pictures("ill", 3)) files.push_back("ill/" + QString(image).replace(".png", ".mask.png").toStdString());
        const auto path = [&](std::size_t k) { return folder_.filePath("masks/").toStdString() + files[k]; };
        QVERIFY(cv::imwrite(path(0), cv::Mat(8, 8, CV_8UC1, cv::Scalar(255))));
        QVERIFY(cv::imwrite(path(1), cv::Mat(128, 128, CV_8UC1, cv::Scalar(255))));
        QFile cut(QString::fromStdString(path(2)));
        QVERIFY(cut.resize(0));
        Progress progress;
        EvaluationRequest request = requestFor("masks");
        askForTrust(request);
        request.models.push_back(reader_);
        const Evaluation evaluation = evaluate(request, nullptr, progress);
        QCOMPARE(evaluation.models[1].images.size(), std::size_t{8});
        QCOMPARE(evaluation.set.excluded.size(), std::size_t{3});
        const char* const why[] = {"8 x 8 pixels", "bright all over", "is empty"};
        for (std::size_t k = 0; k < 3; ++k) {
            QCOMPARE(evaluation.set.excluded[k].file, files[k]);
            QVERIFY2(evaluation.set.excluded[k].why.find(why[k]) != std::string::npos, evaluation.set.excluded[k].why.c_str());
        }
        std::size_t defined = 0;
        for (const TrustFigure& figure : evaluation.models[0].trust) defined += figure.metric == "mass_lift" && std::isfinite(figure.value);
        QCOMPARE(defined, std::size_t{1});
    }

    /// What is said of one model must not be taken for what is said of its namesake.
    void namesakes_areToldApart() {
        Progress progress;
        EvaluationRequest request = requestFor("small");
        const auto cheat = Model::load(phantom("phantom-cheat.pt").toStdString(), progress);
        request.models = {reader_, reader_, cheat, reader_};
        const Evaluation evaluation = evaluate(request, nullptr, progress);
        std::vector<std::string> names;
        for (const ModelEvaluation& model : evaluation.models) names.push_back(model.name);
        QCOMPARE(names, (std::vector<std::string>{"phantom-reader", "phantom-reader (2)", "phantom-cheat", "phantom-reader (3)"}));
        QVERIFY(predictionsCsv(evaluation).find(",phantom-reader (3),") != std::string::npos);
    }

    void damagedWorkspace_isToldAndNoPictureBlamed() {
        CountingWorkspace workspace;
        workspace.broken = true;
        Progress progress;
        try {
            static_cast<void>(evaluate(requestFor("small"), &workspace, progress));
            QFAIL("must be told");
        } catch (const Error& error) {
            QCOMPARE(QString(error.what()), QString("work.discern is damaged."));
        }
    }

    void unreadablePictures_areListedWithTheReason() {
        makeSet("broken", 2);
        const QString cut = folder_.filePath("broken/ill/" + pictures("ill", 1).first());
        QFile file(cut);
        QVERIFY(file.resize(200));
        Progress progress;
        const Evaluation evaluation = evaluate(requestFor("broken"), nullptr, progress);
        QCOMPARE(evaluation.models[0].images.size(), std::size_t{3});
        QCOMPARE(evaluation.models[0].answers.probabilities.rows, 3);
        QCOMPARE(evaluation.set.excluded.size(), std::size_t{1});
        QVERIFY(!evaluation.set.excluded[0].why.empty());
    }
};

QTEST_GUILESS_MAIN(TestEvaluator)
#include "test_evaluator.moc"
