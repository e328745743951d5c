#include <QDir>
#include <QTemporaryDir>
#include <QtTest>
#include <opencv2/imgcodecs.hpp>

#include "core/error.h"
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
