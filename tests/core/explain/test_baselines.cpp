#include <QDir>
#include <QTemporaryDir>
#include <QtTest>
#include <opencv2/imgcodecs.hpp>

#include "core/error.h"
#include "core/explain/gradient/baselines.h"
#include "core/network/input_tensor.h"
#include "tests/core/explain/small_networks.h"

using namespace discern;

namespace {

const char* const kNetwork = R"(
def forward(self, x):
    x = torch.tanh(torch.conv2d(x, self.w1, self.b1, [2, 2], [1, 1]))
    return torch.linear(x.mean([2, 3]), self.w2)
)";

const Target kTarget{1, -1, ScoreKind::Logit};

}  // namespace

class TestBaselines : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        model_ =
            SmallNetwork(41).weight("w1", {5, 3, 3, 3}).weight("b1", {5}).weight("w2", {2, 5}, 2.0).model(kNetwork);
        QVERIFY(QDir(folder_.path()).mkdir("many"));
        for (int i = 0; i < kPictures; ++i)
            cv::imwrite(folder_.filePath(QString("many/%1.png").arg(i, 4, 10, QChar('0'))).toStdString(),
                        randomPicture(static_cast<std::uint64_t>(100 + i))->pixels);
    }

    /// Every picture is drawn before any is drawn again.
    void gradientShap_drawsFromTheWholeFolder() {
        const std::string folder = folder_.filePath("many").toStdString();
        double mean = 0.0;
        for (int i = 0; i < kPictures; ++i) {
            const std::string file = folder + QString("/%1.png").arg(i, 4, 10, QChar('0')).toStdString();
            mean += model_->predict(readPicture(file)).logits[1] / static_cast<double>(kPictures);
        }
        const Attribution all = shap(folder, kPictures);
        QVERIFY(std::abs(all.facts.at("f_empty") - mean) < 1e-4);
        QCOMPARE(all.evaluations, std::int64_t{2 * kPictures + 1});

        // Fewer draws are spread over the folder rather than taken from its beginning.
        const Attribution few = shap(folder, 10);
        double first = 0.0;
        for (int i = 0; i < 10; ++i) {
            const std::string file = folder + QString("/%1.png").arg(i, 4, 10, QChar('0')).toStdString();
            first += model_->predict(readPicture(file)).logits[1] / 10.0;
        }
        QVERIFY(std::abs(few.facts.at("f_empty") - first) > 1e-4);
        QCOMPARE(few.evaluations, std::int64_t{21});
    }

    /// A linear network has the same gradient everywhere between picture and baseline: what is left is the difference
    /// to the mean of the pictures that were drawn.
    void gradientShap_ofALinearNetwork_isTheDifferenceToTheMeanOfTheFolder() {
        const at::Tensor weights = at::randn({2, 3 * 16 * 16}, at::detail::createCPUGenerator(5));
        const auto linear = SmallNetwork(1).constant("w", weights).model(R"(
def forward(self, x):
    return torch.linear(x.flatten(1), self.w)
)");
        const InputSpec& spec = linear->card().input;
        const std::string folder = folder_.filePath("many").toStdString();
        at::Tensor mean = at::zeros({3, 16, 16});
        for (int i = 0; i < kPictures; ++i) {
            const std::string file = folder + QString("/%1.png").arg(i, 4, 10, QChar('0')).toStdString();
            mean += inputTensor(readPicture(file), spec)[0] / kPictures;
        }
        const at::Tensor expected = weights[1].view({3, 16, 16}) * (inputTensor(*randomPicture(1), spec)[0] - mean);
        const Attribution found = explainedBy("gradient_shap", linear, randomPicture(1),
                                              {{"baseline", folder}, {"samples", std::to_string(kPictures)}}, kTarget);
        const at::Tensor raw = at::tensor(found.raw.data).view(found.raw.shape);
        QVERIFY(at::allclose(raw, expected, 1e-4, 1e-4));
    }

    /// Of a thousand pictures only some are kept, and those that are not are read again as they are.
    void aFolderOfAThousandPictures_isNotKeptInMemory() {
        constexpr int kSide = 128;
        const QTemporaryDir folder;
        cv::Mat pixels(kSide, kSide, CV_8UC3);
        for (int i = 0; i < 1000; ++i) {
            pixels.setTo(cv::Scalar(i % 256, i / 256, 7));  // blue, green and red, as imwrite takes them
            cv::imwrite(folder.filePath(QString("%1.bmp").arg(i, 4, 10, QChar('0'))).toStdString(), pixels);
        }
        ExplainRequest request;
        request.model = SmallNetwork(41)
                            .weight("w1", {5, 3, 3, 3})
                            .weight("b1", {5})
                            .weight("w2", {2, 5}, 2.0)
                            .model(kNetwork, "logits", {kSide, kSide});
        request.picture = randomPicture(1, {kSide, kSide});
        request.method = "gradient_shap";
        request.parameters = {{"baseline", folder.path().toStdString()}};
        request.targets = {kTarget};
        request.compute = {Device::Cpu, Precision::Fp32};
        Progress progress;
        const Problem problem = makeProblem(request, progress);
        const Baselines baselines(problem);
        QCOMPARE(baselines.count(), std::int64_t{1000});
        std::size_t kept = 0;
        std::size_t all = 0;
        for (int round = 0; round < 2; ++round)
            for (int i = 0; i < 1000; ++i) {
                const at::Tensor row = baselines.row(i);
                const auto level = [](int value) { return (static_cast<float>(value) / 255.0F - 0.5F) / 0.25F; };
                QVERIFY(std::abs(row[0][0].min().item<float>() - level(7)) < 1e-5F);
                QVERIFY(std::abs(row[0][1].max().item<float>() - level(i / 256)) < 1e-5F);
                QVERIFY(std::abs(row[0][2].mean().item<float>() - level(i % 256)) < 1e-4F);
                all += row.nbytes();
                if (row.use_count() > 1) kept += row.nbytes();
            }
        QVERIFY2(kept / 2 <= std::size_t{64} << 20, qPrintable(QString::number(kept / 2)));
        QVERIFY(all / 2 > std::size_t{128} << 20);
    }

    void keywords_areNeverTakenForFiles_data() {
        QTest::addColumn<QString>("word");
        for (const char* word : {"0", "zero", "mean", "blur", "128", "blur(3,3)"}) QTest::newRow(word) << word;
    }
    void keywords_areNeverTakenForFiles() {
        QFETCH(QString, word);
        const QTemporaryDir here;
        const std::map<std::string, std::string> given = {{"baseline", word.toStdString()}};
        const cv::Mat expected = explainedBy("integrated_gradients", model_, randomPicture(1), given, kTarget).map;
        cv::imwrite(here.filePath("picture.png").toStdString(), randomPicture(7)->pixels);
        QVERIFY(QFile::rename(here.filePath("picture.png"), here.filePath(word)));
        const QString before = QDir::currentPath();
        QVERIFY(QDir::setCurrent(here.path()));
        const cv::Mat asFile = explainedBy("integrated_gradients", model_, randomPicture(1),
                                           {{"baseline", "./" + word.toStdString()}}, kTarget)
                                   .map;
        const cv::Mat asWord = explainedBy("integrated_gradients", model_, randomPicture(1), given, kTarget).map;
        QVERIFY(QDir::setCurrent(before));
        QCOMPARE(cv::norm(asWord, expected, cv::NORM_INF), 0.0);
        QVERIFY(cv::norm(asFile, expected, cv::NORM_INF) > 0.0);
    }

    void misfits_areToldInASentence_data() {
        QTest::addColumn<QString>("word");
        for (const char* word : {"nothing", "-1", "256", "nan", "inf", "blur(0,3)", "blur(3,3)x", "blur(99999,3)"})
            QTest::newRow(word) << word;
    }
    void misfits_areToldInASentence() {
        QFETCH(QString, word);
        for (const auto& [method, parameter] : std::map<std::string, std::string>{
                 {"integrated_gradients", "baseline"}, {"lime", "hide_color"}, {"partition_shap", "masker"}}) {
            try {
                (void)explainedBy(method, model_, randomPicture(1), {{parameter, word.toStdString()}}, kTarget);
                QFAIL("it was accepted");
            } catch (const Error& error) {
                QCOMPARE(error.kind(), ErrorKind::Usage);
            }
        }
    }

    void aFolderWithAPictureThatCannotBeRead_isNamed() {
        const QTemporaryDir folder;
        QFile empty(folder.filePath("empty.png"));
        QVERIFY(empty.open(QIODevice::WriteOnly));
        empty.close();
        try {
            (void)shap(folder.path().toStdString(), 16);
            QFAIL("it was accepted");
        } catch (const Error& error) {
            QCOMPARE(error.kind(), ErrorKind::Input);
            QVERIFY2(QString(error.what()).contains("empty.png"), error.what());
        }
    }

private:
    static constexpr int kPictures = 60;

    Attribution shap(const std::string& folder, int samples) {
        return explainedBy("gradient_shap", model_, randomPicture(1),
                           {{"baseline", folder}, {"samples", std::to_string(samples)}}, kTarget);
    }

    QTemporaryDir folder_;
    std::shared_ptr<const Model> model_;
};

QTEST_GUILESS_MAIN(TestBaselines)
#include "test_baselines.moc"
