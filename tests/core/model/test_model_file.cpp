#include "core/model/model_file.h"

#include "cardless_models.h"
// After LibTorch's headers.
#include <sys/stat.h>

#include <QTemporaryDir>
#include <QtTest>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>

#include "core/model/card_missing.h"
#include "core/model/card_place.h"
#include "core/model/model.h"
#include "core/store/files.h"

using namespace discern;

namespace {

std::string errorOf(const std::function<void()>& action) {
    try {
        action();
        return {};
    } catch (const Error& error) {
        return error.kind() == ErrorKind::Model ? error.what() : "wrong kind of error";
    }
}

CardAnswer stating(const char* card, bool overrides = false) {
    return {.card = nlohmann::json::parse(card), .overrides = overrides};
}

}  // namespace

/// Opening a model's file, with and without a card.
class TestModelFile : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> folder_;
    Progress progress_;

    [[nodiscard]] std::filesystem::path path(const std::string& name) const {
        return std::filesystem::path(folder_->path().toStdString()) / name;
    }
    [[nodiscard]] std::string cardless(int channels = 3, int side = 0) const {
        testing::writeCardlessModel(path("net.pt").string(), channels, 5, side);
        return path("net.pt").string();
    }

private Q_SLOTS:
    void init() {
        folder_ = std::make_unique<QTemporaryDir>();
        qputenv("XDG_DATA_HOME", folder_->filePath("data").toUtf8());
    }

    void withoutACard_theErrorNamesEveryOptionAndHoldsTheFile() {
        const std::string file = cardless();
        try {
            static_cast<void>(Model::load(file, progress_));
            QFAIL("a model without a card was opened");
        } catch (const CardMissing& missing) {
            const QString text = missing.what();
            for (const char* words : {"net.pt", "--input-size", "--mean", "--std", "--divide", "--color", "--labels",
                                      "--output", "net.card.json"})
                QVERIFY2(text.contains(words), words);
            QVERIFY(!text.contains('\n'));
            const ModelCard card =
                missing.file()->card(stating(R"({"input": {"size": [32, 32], "divide": 255}})"), progress_);
            QCOMPARE(missing.file()->model(card, progress_)->classCount(), 5);
        }
    }

    void anAnswer_standsInForTheCard() {
        const auto model = Model::load(
            cardless(), progress_,
            stating(R"({"input": {"size": [48, 32], "mean": [0.5], "divide": 255}, "labels": ["a","b","c","d","e"]})"));
        QCOMPARE(model->card().input.height, 48);
        QCOMPARE(model->card().input.mean, (std::vector<double>{0.5, 0.5, 0.5}));
        QCOMPARE(model->label(4), std::string("e"));
        QVERIFY(model->card().states("input.size"));
        QVERIFY(!model->card().states("input.std"));
    }

    void anAnswer_fillsInButOverridesOnlyWhereItMay() {
        const std::string file = cardless();
        std::ofstream(path("net.card.json")) << R"({"input": {"size": [64, 64], "divide": 255}, "source": "here"})";
        const char* answer = R"({"input": {"size": [32, 32]}})";
        QCOMPARE(Model::load(file, progress_, stating(answer))->card().input.height, 64);
        const auto model = Model::load(file, progress_, stating(answer, true));
        QCOMPARE(model->card().input.height, 32);
        QCOMPARE(model->card().input.divide, 255.0);
        QCOMPARE(model->card().source, std::string("here"));
        std::ofstream(path("net.card.json")) << R"({"input": {"divide": 255}})";
        QVERIFY_THROWS_EXCEPTION(CardMissing, static_cast<void>(Model::load(file, progress_)));
        QCOMPARE(Model::load(file, progress_, stating(answer))->card().input.divide, 255.0);
    }

    void aGuess_saysThatItIsOne() {
        const auto model = Model::load(cardless(), progress_, {.guess = true});
        QCOMPARE(model->card().input.height, 224);
        QCOMPARE(model->card().input.divide, 255.0);
        for (const char* field : {"input.size", "input.color", "input.mean", "input.std", "input.divide",
                                  "input.resize", "input.interpolation", "input.crop"})
            QVERIFY2(std::ranges::find(model->card().guessed, field) != model->card().guessed.end(), field);
        QVERIFY(!model->card().states("input.size"));
    }

    void whatIsStated_isNoGuess() {
        CardAnswer answer = stating(R"({"input": {"size": [32, 32]}})");
        answer.guess = true;
        const auto model = Model::load(cardless(), progress_, answer);
        QCOMPARE(model->card().input.height, 32);
        QVERIFY(model->card().states("input.size"));
        QVERIFY(!model->card().states("input.mean"));
    }

    void theGuess_knowsFixedSizesAndGrey_data() {
        QTest::addColumn<int>("channels");
        QTest::addColumn<int>("side");
        QTest::addColumn<QString>("found");
        QTest::newRow("any size") << 3 << 0 << "It runs at 224 x 224 and at other sizes.";
        QTest::newRow("fixed 96") << 3 << 96 << "It runs at 96 x 96 and not at other usual sizes.";
        QTest::newRow("grey 28") << 1 << 28 << "It runs at 28 x 28 and not at other usual sizes.";
    }
    void theGuess_knowsFixedSizesAndGrey() {
        QFETCH(int, channels);
        QFETCH(int, side);
        QFETCH(QString, found);
        const CardGuess guess = ModelFile::open(cardless(channels, side), progress_)->guess(progress_);
        QCOMPARE(QString::fromStdString(guess.found.at(0)), found);
        QCOMPARE(guess.card["input"]["color"].get<std::string>(), std::string(channels == 1 ? "gray" : "RGB"));
        QCOMPARE(guess.card["input"]["size"][0].get<int>(), side == 0 ? 224 : side);
        QCOMPARE(static_cast<int>(guess.card["input"]["mean"].size()), channels);
    }

    void aSizeThatNobodyUses_isNotGuessed() {
        const std::string file = cardless(3, 70);
        const auto opened = ModelFile::open(file, progress_);
        QVERIFY(!opened->guess(progress_).card["input"].contains("size"));
        QVERIFY(opened->guess(progress_).found.at(0).find("runs at none") != std::string::npos);
        QVERIFY_THROWS_EXCEPTION(CardMissing, static_cast<void>(Model::load(file, progress_, {.guess = true})));
        QCOMPARE(Model::load(file, progress_, stating(R"({"input": {"size": [70, 70]}})"))->classCount(), 5);
    }

    void greyNetworks_needNoWordOfIt() {
        const auto model = Model::load(cardless(1), progress_, stating(R"({"input": {"size": [28, 28]}})"));
        QCOMPARE(model->card().input.color, ColorOrder::Gray);
        QVERIFY(!model->card().states("input.color"));
    }

    void previews_shareTheirNetworkWhereItCannotDiffer() {
        const auto file = ModelFile::open(cardless(), progress_);
        const auto with = [&](const char* card) {
            return file->preview(file->card(stating(card), progress_), progress_);
        };
        const auto one = with(R"({"input": {"size": [32, 32]}})");
        const auto other = with(R"({"input": {"size": [32, 32], "divide": 255}})");
        const auto larger = with(R"({"input": {"size": [64, 64]}})");
        QCOMPARE(&one->network(), &other->network());
        QVERIFY(&one->network() != &larger->network());
        const Picture picture = pictureFromPixels(cv::Mat(40, 50, CV_8UC3, cv::Scalar(30, 90, 200)), "plain");
        QVERIFY(one->predict(picture).logits != other->predict(picture).logits);
    }

    void aKeptCard_isFoundAgain() {
        const std::string file = cardless();
        const auto model = Model::load(file, progress_, stating(R"({"input": {"size": [32, 32]}, "house": 7})"));
        QCOMPARE(keepCard(model->card().original, file, model->sha256()).string(), path("net.card.json").string());
        const auto again = Model::load(file, progress_);
        QCOMPARE(again->card().input.height, 32);
        QCOMPARE(again->card().original.at("house").get<int>(), 7);
    }

    void whereTheFolderIsReadOnly_theUsersFolderKeepsIt() {
        std::filesystem::create_directory(path("locked"));
        const std::filesystem::path file = path("locked") / "net.pt";
        testing::writeCardlessModel(file.string());
        std::filesystem::permissions(path("locked"),
                                     std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
        if (::access(path("locked").c_str(), W_OK) == 0) QSKIP("this user may write everywhere");
        const auto model = Model::load(file.string(), progress_, stating(R"({"input": {"size": [32, 32]}})"));
        const std::filesystem::path kept = keepCard(model->card().original, file, model->sha256());
        QCOMPARE(kept.string(), (path("data") / "discern" / "cards" / (model->sha256() + ".card.json")).string());
        QCOMPARE(Model::load(file.string(), progress_)->card().input.height, 32);
        std::filesystem::permissions(path("locked"), std::filesystem::perms::owner_all);
    }

    void aCardInTheUsersFolder_isFoundByTheDigest() {
        const std::string file = cardless();
        writeFileSafely(cardInUsersFolder(sha256OfFile(file)), R"({"input": {"size": [16, 16]}})");
        QCOMPARE(Model::load(file, progress_)->card().input.height, 16);
        std::filesystem::copy_file(file, path("moved.pt"));
        QCOMPARE(Model::load(path("moved.pt").string(), progress_)->card().input.height, 16);
        std::ofstream(path("net.card.json")) << R"({"input": {"size": [24, 24]}})";
        QCOMPARE(Model::load(file, progress_)->card().input.height, 24);
    }

    void anInputBeyondAllMemory_isRefusedInASentence() {
        testing::writeCardlessModel(path("wide.pt").string(), 3, 5, 0, "return s", 4000);
        const std::string error = errorOf([&] {
            static_cast<void>(
                Model::load(path("wide.pt").string(), progress_, stating(R"({"input": {"size": [8192, 8192]}})")));
        });
        QVERIFY2(error.find("8192 x 8192 pixels") != std::string::npos, error.c_str());
        QVERIFY2(error.find("GB of memory") != std::string::npos, error.c_str());
    }

    void pipesAndDevices_areRefusedAtOnce() {
        QCOMPARE(::mkfifo(path("pipe.pt").c_str(), 0600), 0);
        for (const std::string& file : {path("pipe.pt").string(), std::string("/dev/zero")}) {
            const std::string error = errorOf([&] { static_cast<void>(Model::load(file, progress_)); });
            QVERIFY2(error.find("regular file") != std::string::npos, error.c_str());
        }
        const std::string file = cardless();
        QCOMPARE(::mkfifo(path("net.card.json").c_str(), 0600), 0);
        const std::string error = errorOf([&] { static_cast<void>(Model::load(file, progress_)); });
        QVERIFY2(error.find("regular file") != std::string::npos, error.c_str());
    }
};

QTEST_GUILESS_MAIN(TestModelFile)
#include "test_model_file.moc"
