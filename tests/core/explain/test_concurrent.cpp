#include <QtTest>
#include <thread>

#include "core/error.h"
#include "core/explain/explain.h"
#include "core/explain/method.h"

using namespace discern;

namespace {

constexpr std::size_t kThreads = 4;

/// Few evaluations, but enough for several batches.
std::map<std::string, std::string> quick(const Method& method) {
    static const std::map<std::string, std::string> few = {
        {"samples", "24"}, {"evaluations", "40"}, {"steps", "6"}, {"segment_count", "12"}};
    std::map<std::string, std::string> given;
    for (const Parameter& parameter : method.parameters)
        if (const auto known = few.find(parameter.name); known != few.end()) given.insert(*known);
    return given;
}

cv::Mat discOnGround() {
    cv::Mat pixels(64, 64, CV_8UC3);
    for (int y = 0; y < 64; ++y)
        for (int x = 0; x < 64; ++x) {
            const bool inside = (x - 30) * (x - 30) + (y - 34) * (y - 34) < 300;
            pixels.at<cv::Vec3b>(y, x) = inside ? cv::Vec3b(210, 80, 60) : cv::Vec3b(60, 90, static_cast<std::uint8_t>(60 + y));
        }
    return pixels;
}

std::shared_ptr<const Model> load(const QString& name) {
    Progress progress;
    return Model::load(QStringLiteral(DISCERN_SMALL_MODELS "/%1.pt").arg(name).toStdString(), progress);
}

using Maps = std::map<std::string, std::vector<float>>;

/// The raw values of every method that the model can be explained by, beginning with the one at `first`.
Maps everyMethod(const std::shared_ptr<const Model>& model, const std::shared_ptr<const Picture>& picture,
                 std::size_t first) {
    setThreads(1);
    Maps maps;
    for (std::size_t i = 0; i < methods().size(); ++i) {
        const Method& method = methods()[(first + i) % methods().size()];
        ExplainRequest request;
        request.model = model;
        request.picture = picture;
        request.method = method.name;
        request.parameters = quick(method);
        request.seed = 7;
        request.compute = {Device::Cpu, Precision::Fp32};
        Progress progress;
        try {
            maps[method.name] = explain(request, progress).front().raw.data;
        } catch (const Error&) {
            continue;  // one that the model cannot be explained by, which it says alone as well as together
        }
    }
    return maps;
}

}  // namespace

/// Several threads that explain one model at once, which makes the forms of its graph while others ask for them.
class TestConcurrent : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneModel_explainedByManyThreads_givesWhatOneThreadGives_data() {
        QTest::addColumn<QString>("name");
        for (const char* name : {"shapes-cnn", "shapes-tokens"}) QTest::newRow(name) << name;
    }
    void oneModel_explainedByManyThreads_givesWhatOneThreadGives() {
        QFETCH(QString, name);
        const auto picture = std::make_shared<const Picture>(pictureFromPixels(discOnGround(), "disc"));
        Maps alone;
        std::thread([&] { alone = everyMethod(load(name), picture, 0); }).join();
        QVERIFY(alone.size() > 10);

        const std::shared_ptr<const Model> shared = load(name);
        std::vector<Maps> together(kThreads);
        std::vector<std::thread> threads;
        for (std::size_t i = 0; i < kThreads; ++i)
            threads.emplace_back([&, i] { together[i] = everyMethod(shared, picture, i * methods().size() / kThreads); });
        for (std::thread& thread : threads) thread.join();
        for (const Maps& maps : together)
            for (const auto& [method, values] : alone) QVERIFY2(maps.contains(method) && maps.at(method) == values, method.c_str());
    }
};

QTEST_GUILESS_MAIN(TestConcurrent)
#include "test_concurrent.moc"
