#include <QtTest>
#include <filesystem>
#include <fstream>

#include "core/model/formats/run_onnx_cases.h"
#include "core/model/model.h"
#include "core/network/network.h"
#include "core/tiny_fixtures.h"
#include "core/unpacked.h"

using namespace discern;
using namespace discern::testing;

namespace {

namespace fs = std::filesystem;

std::string onnxFixture(const std::string& file) { return fixture("onnx/" + file); }

QString refusalOf(const fs::path& file) {
    Progress progress;
    try {
        static_cast<void>(Model::load(file.string(), progress));
    } catch (const Error& error) {
        return QString::fromStdString(error.what());
    }
    return {};
}

}  // namespace

/// ONNX's own test cases, and files that are no good.
class TestOnnxFiles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Every case that Discern computes gives ONNX's values; those that it does not are refused, and few.
    void ownCases_passOrAreRefused() {
        unpack(reference("onnx/cases.zip"), folder_.path().toStdString());
        int passed = 0;
        int refused = 0;
        for (const auto& kind : fs::directory_iterator(folder_.path().toStdString()))
            for (const auto& one : fs::directory_iterator(kind.path())) {
                const OnnxOutcome outcome = runOnnxCase(one.path());
                QVERIFY2(outcome.kind != OnnxOutcome::Failed,
                         (one.path().filename().string() + ": " + outcome.why).c_str());
                ++(outcome.kind == OnnxOutcome::Passed ? passed : refused);
            }
        QCOMPARE(passed, kPassing);
        QCOMPARE(passed + refused, kCases);
    }

    void missingWeights_areNamed() {
        const fs::path file = folder_.filePath("tiny_resnet-newest.onnx").toStdString();
        fs::copy_file(onnxFixture("tiny_resnet-newest.onnx"), file);
        const QString told = refusalOf(file);
        QVERIFY2(told.contains("tiny_resnet-newest.onnx.data") && told.contains("beside it"), qPrintable(told));
        std::ofstream(file.string() + ".data") << "short";
        QVERIFY2(refusalOf(file).contains("cut short"), qPrintable(refusalOf(file)));
    }

    void weightsOutsideTheFolder_areNotRead() {
        std::string bytes = read(onnxFixture("tiny_resnet-newest.onnx"));
        const std::string location = "tiny_resnet-newest.onnx.data";
        const std::string outside = "../../../../tmp/weights.data";
        QCOMPARE(outside.size(), location.size());
        for (std::size_t at = bytes.find(location); at != std::string::npos; at = bytes.find(location, at))
            bytes.replace(at, location.size(), outside);
        const QString told = refusalOf(written("outside.onnx", bytes));
        QVERIFY2(told.contains("outside its own folder"), qPrintable(told));
    }

    void damagedFiles_areRefusedInWords_data() {
        QTest::addColumn<int>("kept");
        for (const int kept : {1, 10, 100, 1000, 10000}) QTest::newRow(qPrintable(QString::number(kept))) << kept;
    }
    void damagedFiles_areRefusedInWords() {
        QFETCH(int, kept);
        const QString told = refusalOf(written(
            "damaged.onnx", read(onnxFixture("tiny_resnet-13.onnx")).substr(0, static_cast<std::size_t>(kept))));
        QVERIFY2(told.startsWith("damaged.onnx") && told.endsWith("."), qPrintable(told));
    }

    /// What cannot be computed is named: operator, opset and node.
    void unknownOperators_areNamed() {
        std::string bytes = read(onnxFixture("tiny_resnet-13.onnx"));
        const std::string known = "\x22\x11GlobalAveragePool";  // as the name of its operator
        const std::size_t at = bytes.find(known);
        QVERIFY(at != std::string::npos);
        bytes.replace(at, known.size(), "\x22\x11GlobalAveragePuul");
        const QString told = refusalOf(written("unknown.onnx", bytes));
        QVERIFY2(told.contains("GlobalAveragePuul") && told.contains("opset 13") && told.contains("node"),
                 qPrintable(told));
    }

    /// What a graph computes with height and width is for the card's; the scores are eager PyTorch's for a picture of ones.
    void sidesThatAreOpen_areTheCards_data() {
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("width");
        QTest::addColumn<std::vector<float>>("scores");
        QTest::newRow("32 x 48") << 32 << 48 << std::vector{0.1242907F, 1.311346F, 0.03902375F, 0.3812378F, 0.4174821F};
        QTest::newRow("40 x 24") << 40 << 24 << std::vector{0.1148682F, 1.288967F, 0.03662629F, 0.3731493F, 0.41606F};
    }
    void sidesThatAreOpen_areTheCards() {
        QFETCH(int, height);
        QFETCH(int, width);
        QFETCH(std::vector<float>, scores);
        Progress progress;
        CardAnswer answer;
        answer.card["input"]["size"] = {height, width};
        answer.overrides = true;
        const auto model = Model::load(fixture("onnx_open_sides.onnx"), progress, answer);
        const at::NoGradGuard noGradients;
        const at::Tensor given = model->network().logits(at::ones({2, 3, height, width}))[1];
        QVERIFY((given - at::tensor(scores)).abs().max().item<float>() < 1e-5F);
    }

    void weightsBeside_belongToTheModelsDigestAndSize() {
        const fs::path file = written("own.onnx", read(onnxFixture("tiny_resnet-newest.onnx")));
        const fs::path weights = fs::path(folder_.path().toStdString()) / "tiny_resnet-newest.onnx.data";
        fs::copy_file(onnxFixture("tiny_resnet-newest.onnx.data"), weights, fs::copy_options::overwrite_existing);
        fs::copy_file(onnxFixture("tiny_resnet-newest.card.json"), fs::path(file).replace_extension(".card.json"));
        Progress progress;
        const auto before = Model::load(file.string(), progress);
        QCOMPARE(before->complexity().bytes, static_cast<std::int64_t>(fs::file_size(file) + fs::file_size(weights)));
        std::string bytes = read(weights);
        bytes[0] = static_cast<char>(bytes[0] ^ 1);
        written(weights.filename().string(), bytes);
        QVERIFY(before->sha256() != Model::load(file.string(), progress)->sha256());
    }

private:
    static constexpr int kCases = 1156;
    static constexpr int kPassing = 876;

    static std::string read(const fs::path& path) {
        std::ifstream file(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    fs::path written(const std::string& name, const std::string& bytes) const {
        const fs::path path = fs::path(folder_.path().toStdString()) / name;
        std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        return path;
    }

    QTemporaryDir folder_;
};

QTEST_GUILESS_MAIN(TestOnnxFiles)
#include "test_onnx_files.moc"
