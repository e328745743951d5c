#include "core/record/identity.h"

#include <QtTest>
#include <fstream>
#include <functional>

#include "core/error.h"
#include "core/explain/explain.h"
#include "core/record/provenance.h"
#include "core/store/npy.h"

using namespace discern;

namespace {

std::shared_ptr<const Picture> picture(std::uint8_t level) {
    cv::Mat pixels(64, 64, CV_8UC3, cv::Scalar::all(level));
    pixels(cv::Rect(20, 16, 22, 26)).setTo(cv::Scalar(210, 80, 60));
    return std::make_shared<const Picture>(pictureFromPixels(pixels, "disc"));
}

Attribution explained(const ExplainRequest& request) {
    Progress progress;
    return explain(request, progress).front();
}

bool sameBytes(const cv::Mat& a, const cv::Mat& b) {
    return a.size() == b.size() && std::equal(a.begin<float>(), a.end<float>(), b.begin<float>(), b.end<float>());
}

}  // namespace

class TestIdentity : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        Progress progress;
        model_ = Model::load(std::string(DISCERN_SMALL_MODELS) + "/shapes-cnn.pt", progress);
        QVERIFY(folder_.isValid());
        segmentsFile("other.npy", 16);
    }

    void defaultsAndSpellings_doNotCount() {
        ExplainRequest plain = request("lime");
        ExplainRequest spelled = plain;
        spelled.parameters = {{"samples", "01000"}, {"kernel_width", "2.5e-1"}, {"hide_color", "0"}};
        spelled.compute = {Device::Auto, Precision::Auto};
        spelled.layer = "irrelevant to this method";
        if (!cudaUsable()) QCOMPARE(identityOf(spelled, target()).key(), identityOf(plain, target()).key());
        spelled.compute = plain.compute;
        QVERIFY(identityOf(spelled, target()) == identityOf(plain, target()));
        QCOMPARE(identityOf(spelled, target()).digest().size(), std::size_t{64});
    }

    void lastLayer_isTheLayerItself() {
        ExplainRequest named = request("grad_cam");
        named.layer = model_->layer("last").name;
        QVERIFY(identityOf(named, target()) == identityOf(request("grad_cam"), target()));
        named.layer = model_->layers().front().name;
        QVERIFY(identityOf(named, target()).key() != identityOf(request("grad_cam"), target()).key());
    }

    void everythingThatMatters_counts() {
        const ResultIdentity same = identityOf(request("lime"), target());
        const std::vector<std::function<void(ExplainRequest&, Target&)>> changes = {
            [](ExplainRequest& r, Target&) { r.picture = picture(91); },
            [](ExplainRequest& r, Target&) { r.method = "kernel_shap"; },
            [](ExplainRequest& r, Target&) { r.parameters["samples"] = "999"; },
            [](ExplainRequest& r, Target&) { r.seed = 8; },
            [](ExplainRequest& r, Target&) { r.compute.precision = Precision::Bf16; },
            [](ExplainRequest&, Target& t) { t.classIndex = 0; },
            [](ExplainRequest&, Target& t) { t.versus = 0; },
            [](ExplainRequest&, Target& t) { t.score = ScoreKind::Logit; }};
        for (std::size_t i = 0; i < changes.size(); ++i) {
            ExplainRequest changed = request("lime");
            Target changedTarget = target();
            changes[i](changed, changedTarget);
            const ResultIdentity other = identityOf(changed, changedTarget);
            QVERIFY2(!(other == same), qPrintable(QString::number(i)));
            QVERIFY2(other.key() != same.key() && other.digest() != same.digest(), qPrintable(QString::number(i)));
        }
    }

    void filesOfParameters_countByContent() {
        const std::string first = segmentsFile("first.npy", 8);
        const std::string copy = segmentsFile("copy.npy", 8);
        const std::string other = segmentsFile("other.npy", 16);
        const auto with = [&](const std::string& file) {
            ExplainRequest asked = request("lime");
            asked.parameters["segments"] = file;
            return identityOf(asked, target());
        };
        QVERIFY(with(first) == with(copy));
        QVERIFY(!(with(first) == with(other)));
        const ResultIdentity before = with(other);
        segmentsFile("other.npy", 32);
        QVERIFY2(!(with(other) == before), "a file that changed is read anew");
        QVERIFY_THROWS_EXCEPTION(Error, (void)with(path("missing.npy")));
    }

    void json_comesBackAsItWas() {
        for (const char* method : {"grad_cam", "lime", "integrated_gradients", "rise", "score_cam"}) {
            ExplainRequest asked = request(method);
            asked.seed = 18446744073709551615ULL;
            if (asked.method == "lime") asked.parameters["segments"] = segmentsFile("json.npy", 8);
            Target versus = target();
            versus.versus = 2;
            const ResultIdentity identity = identityOf(asked, versus);
            const std::string text = toJson(identity).dump();
            const ResultIdentity back = identityFromJson(nlohmann::json::parse(text));
            QVERIFY2(back == identity, text.c_str());
            QCOMPARE(back.key(), identity.key());
        }
    }

    void brokenRecords_areRefusedInOneSentence() {
        const nlohmann::json good = toJson(identityOf(request("lime"), target()));
        for (const char* field : {"model", "image", "method", "parameters", "target", "seed", "device", "precision"}) {
            for (const bool missing : {true, false}) {
                nlohmann::json bad = good;
                if (missing)
                    bad.erase(field);
                else
                    bad[field] = nlohmann::json::array({1, 2});
                QVERIFY_THROWS_EXCEPTION(Error, (void)identityFromJson(bad));
            }
        }
        nlohmann::json unknown = good;
        unknown["method"] = "crystal_ball";
        QVERIFY_THROWS_EXCEPTION(Error, (void)identityFromJson(unknown));
        QVERIFY_THROWS_EXCEPTION(Error, (void)identityFromJson(nlohmann::json("text")));
    }

    void record_makesTheSameExplanationAgain() {
        for (const char* method : {"grad_cam", "lime", "rise", "gradient_shap"}) {
            ExplainRequest asked = request(method);
            asked.targets = {{1, 3, {}}};
            if (asked.method == "lime")
                asked.parameters = {{"segments", segmentsFile("given.npy", 8)}, {"samples", "64"}};
            if (asked.method == "rise") asked.parameters["samples"] = "64";
            const Attribution once = explained(asked);
            const Prediction prediction = model_->predict(*asked.picture, asked.compute);
            const std::string record = provenance(asked, prediction, once, Paths::Names).dump();
            const ResultIdentity identity = identityFromJson(nlohmann::json::parse(record));
            const Attribution again =
                explained(requestOf(identity, model_, picture(90), {path("other.npy"), path("given.npy")}));
            QVERIFY2(once.raw.data == again.raw.data, method);
            QVERIFY2(sameBytes(once.map, again.map), method);
        }
    }

    void otherModelPictureOrFile_isNotTakenForTheRecords() {
        Progress progress;
        const auto other = Model::load(std::string(DISCERN_SMALL_MODELS) + "/shapes-shortcut.pt", progress);
        ExplainRequest asked = request("lime");
        asked.parameters["segments"] = segmentsFile("given.npy", 8);
        const ResultIdentity identity = identityOf(asked, target());
        QVERIFY_THROWS_EXCEPTION(Error, (void)requestOf(identity, other, picture(90), {path("given.npy")}));
        QVERIFY_THROWS_EXCEPTION(Error, (void)requestOf(identity, model_, picture(91), {path("given.npy")}));
        QVERIFY_THROWS_EXCEPTION(Error, (void)requestOf(identity, model_, picture(90), {path("other.npy")}));
    }

    void provenance_tellsOfFilesByNameUnlessAsked() {
        ExplainRequest asked = request("lime");
        asked.parameters = {{"segments", segmentsFile("given.npy", 8)}, {"samples", "32"}};
        const Attribution once = explained(asked);
        const Prediction prediction = model_->predict(*asked.picture, asked.compute);
        const nlohmann::json names = provenance(asked, prediction, once, Paths::Names);
        QVERIFY2(names.dump().find(path("")) == std::string::npos, names.dump().c_str());
        QVERIFY2(names.dump().find(DISCERN_SMALL_MODELS) == std::string::npos, names.dump().c_str());
        QCOMPARE(names.at("parameters").at("segments").at("file"), "given.npy");
        QCOMPARE(names.at("parameters").at("segments").at("sha256").get<std::string>().size(), std::size_t{64});
        QCOMPARE(names.at("threads"), threads());
        const nlohmann::json whole = provenance(asked, prediction, once, Paths::Whole);
        QCOMPARE(whole.at("parameters").at("segments").at("file"), path("given.npy"));
        QCOMPARE(whole.at("model").at("file"), model_->path().string());
        QVERIFY(identityFromJson(whole) == identityFromJson(names));
    }

private:
    [[nodiscard]] std::string path(const std::string& name) const {
        return folder_.filePath(QString::fromStdString(name)).toStdString();
    }
    /// Squares of so many pixels.
    std::string segmentsFile(const std::string& name, int side) const {
        cv::Mat ids(64, 64, CV_32SC1);
        for (int y = 0; y < 64; ++y)
            for (int x = 0; x < 64; ++x) ids.at<int>(y, x) = y / side * (64 / side) + x / side;
        writeNpy(path(name), toArray(ids));
        return path(name);
    }
    [[nodiscard]] ExplainRequest request(const std::string& method) const {
        ExplainRequest request;
        request.model = model_;
        request.picture = picture(90);
        request.method = method;
        request.seed = 7;
        request.compute = {Device::Cpu, Precision::Fp32};
        return request;
    }
    static Target target() { return {1, -1, {}}; }

    QTemporaryDir folder_;
    std::shared_ptr<const Model> model_;
};

QTEST_GUILESS_MAIN(TestIdentity)
#include "test_identity.moc"
