#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <limits>

#include "core/error.h"
#include "core/store/files.h"
#include "core/store/npy.h"
#include "tests/core/explain/small_networks.h"

using namespace discern;

namespace {

const char* const kNetwork = R"(
def forward(self, x):
    x = torch.relu(torch.conv2d(x, self.w1, None, [2, 2], [1, 1]))
    return torch.linear(x.mean([2, 3]), self.w2)
)";

using Shape = std::vector<std::int64_t>;

/// An array of one value throughout, but for its last.
FloatArray filled(const Shape& shape, float value, float last) {
    std::size_t count = 1;
    for (const std::int64_t length : shape) count *= static_cast<std::size_t>(length);
    FloatArray array{shape, std::vector<float>(count, value)};
    if (count > 0) array.data.back() = last;
    return array;
}

}  // namespace

/// Files in the place of drawn values: what does not fit is an input that cannot be read, told in a sentence.
class TestReplay : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        model_ = SmallNetwork(3).weight("w1", {5, 3, 3, 3}).weight("w2", {3, 5}).model(kNetwork);
        // Three superpixels, three grids, a fitting set of each.
        FloatArray segments = filled({16, 16}, 0.0F, 2.0F);
        segments.data[7] = 1.0F;
        writeNpy(path("segments"), segments);
        writeNpy(path("perturbations"), filled({8, 3}, 1.0F, 0.0F));
        writeNpy(path("grids"), filled({3, 4, 4}, 0.5F, 1.0F));
        writeNpy(path("shifts"), filled({3, 2}, 3.0F, 0.0F));
        writeNpy(path("channels"), filled({2}, 0.0F, 4.0F));
    }

    void fittingFiles_areTaken() {
        for (const auto& [method, files] :
             std::map<std::string, std::vector<std::string>>{{"lime", {"segments", "perturbations"}},
                                                             {"kernel_shap", {"segments", "perturbations"}},
                                                             {"rise", {"grids", "shifts"}},
                                                             {"score_cam", {"channels"}},
                                                             {"ablation_cam", {"channels"}}})
            QVERIFY(!explainedBy(method, model_, randomPicture(1), given(files)).map.empty());
    }

    void misfits_areRefusedInASentence_data() {
        constexpr float nan = std::numeric_limits<float>::quiet_NaN();
        constexpr float infinity = std::numeric_limits<float>::infinity();
        QTest::addColumn<QString>("method");
        QTest::addColumn<QString>("file");
        QTest::addColumn<FloatArray>("array");
        const auto row = [](const char* what, const char* method, const char* file, const FloatArray& array) {
            QTest::addRow("%s of %s: %s", file, method, what) << method << file << array;
        };
        for (const char* method : {"lime", "kernel_shap"}) {
            row("empty", method, "segments", filled({0}, 0, 0));
            row("no rows", method, "segments", filled({0, 16}, 0, 0));
            row("other size", method, "segments", filled({15, 16}, 0, 0));
            row("three dimensions", method, "segments", filled({1, 16, 16}, 0, 0));
            row("NaN", method, "segments", filled({16, 16}, 0, nan));
            row("infinite", method, "segments", filled({16, 16}, 0, infinity));
            row("negative", method, "segments", filled({16, 16}, 0, -1));
            row("half", method, "segments", filled({16, 16}, 0, 0.5F));
            row("huge", method, "segments", filled({16, 16}, 0, 1e20F));
            row("no rows", method, "perturbations", filled({0, 3}, 0, 0));
            row("other number of columns", method, "perturbations", filled({8, 4}, 1, 0));
            row("one dimension", method, "perturbations", filled({3}, 1, 0));
            row("two", method, "perturbations", filled({8, 3}, 1, 2));
            row("half", method, "perturbations", filled({8, 3}, 1, 0.5F));
            row("negative", method, "perturbations", filled({8, 3}, 1, -1));
            row("NaN", method, "perturbations", filled({8, 3}, 1, nan));
        }
        row("everything kept", "kernel_shap", "perturbations", filled({8, 3}, 1, 1));
        row("no masks", "rise", "grids", filled({0, 4, 4}, 0, 0));
        row("no rows", "rise", "grids", filled({3, 0, 4}, 0, 0));
        row("no columns", "rise", "grids", filled({3, 4, 0}, 0, 0));
        row("two dimensions", "rise", "grids", filled({3, 4}, 0, 0));
        row("finer than the picture", "rise", "grids", filled({3, 17, 4}, 0, 1));
        row("NaN", "rise", "grids", filled({3, 4, 4}, 0, nan));
        row("more than one", "rise", "grids", filled({3, 4, 4}, 0, 1.5F));
        row("negative", "rise", "grids", filled({3, 4, 4}, 0, -0.5F));
        row("other number", "rise", "shifts", filled({2, 2}, 0, 0));
        row("three columns", "rise", "shifts", filled({3, 3}, 0, 0));
        row("NaN", "rise", "shifts", filled({3, 2}, 0, nan));
        row("infinite", "rise", "shifts", filled({3, 2}, 0, infinity));
        row("half", "rise", "shifts", filled({3, 2}, 0, 0.5F));
        row("negative", "rise", "shifts", filled({3, 2}, 0, -1));
        row("beyond a cell", "rise", "shifts", filled({3, 2}, 0, 4));
        row("huge", "rise", "shifts", filled({3, 2}, 0, 3e9F));
        for (const char* method : {"score_cam", "ablation_cam"}) {
            row("none", method, "channels", filled({0}, 0, 0));
            row("beyond the last", method, "channels", filled({2}, 0, 5));
            row("NaN", method, "channels", filled({2}, 0, nan));
            row("half", method, "channels", filled({2}, 0, 0.5F));
        }
    }
    void misfits_areRefusedInASentence() {
        QFETCH(QString, method);
        QFETCH(QString, file);
        QFETCH(FloatArray, array);
        std::vector<std::string> files = {"segments", "perturbations"};
        if (method == "rise") files = {"grids", "shifts"};
        if (method.endsWith("_cam")) files = {"channels"};
        auto parameters = given(files);
        const std::string misfit = path("misfit");
        writeNpy(misfit, array);
        parameters[file.toStdString()] = misfit;
        try {
            (void)explainedBy(method.toStdString(), model_, randomPicture(1), parameters);
            QFAIL("it was accepted");
        } catch (const Error& error) {
            QCOMPARE(error.kind(), ErrorKind::Input);
            QVERIFY2(QString(error.what()).contains("misfit.npy"), error.what());
        }
    }

    void filesOfNoBytes_areRefused() {
        writeFileSafely(path("nothing"), "");
        for (const char* name : {"segments", "perturbations"}) {
            auto parameters = given({"segments"});
            parameters[name] = path("nothing");
            QVERIFY_THROWS_EXCEPTION(Error, (void)explainedBy("lime", model_, randomPicture(1), parameters));
        }
    }

private:
    [[nodiscard]] std::string path(const std::string& name) const {
        return folder_.filePath(QString::fromStdString(name + ".npy")).toStdString();
    }
    [[nodiscard]] std::map<std::string, std::string> given(const std::vector<std::string>& files) const {
        std::map<std::string, std::string> parameters;
        for (const std::string& file : files) parameters[file] = path(file);
        return parameters;
    }

    QTemporaryDir folder_;
    std::shared_ptr<const Model> model_;
};

QTEST_GUILESS_MAIN(TestReplay)
#include "test_replay.moc"
