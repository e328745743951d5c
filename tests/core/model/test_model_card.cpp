#include <QTest>

#include "core/error.h"
#include "core/model/model_card.h"

using namespace discern;

namespace {

constexpr const char* whole = R"({
  "name": "efficientnet-lite0", "source": "a package", "licence": "Apache-2.0", "labels": ["tench", "goldfish"],
  "input": { "size": [224, 192], "color": "BGR", "divide": 255, "mean": [1, 2, 3], "std": [4, 5, 6],
             "resize": "stretch", "interpolation": "bicubic", "crop": 0.875 },
  "output": "multilabel-logits", "house": { "mark": 7 },
  "reported": [ { "metric": "top-1", "value": 75.1, "dataset": "ImageNet-1k val" } ] })";

QString errorOf(const std::string& json) {
    try {
        static_cast<void>(parseModelCard(json, "net.pt", "net"));
        return {};
    } catch (const Error& error) {
        return error.kind() == ErrorKind::Model ? error.what() : "wrong kind of error";
    }
}

std::string withInput(const std::string& fields) { return R"({"input": {"size": [8, 8], )" + fields + "}}"; }

}  // namespace

class TestModelCard : public QObject {
    Q_OBJECT

private slots:
    void wholeCard_isReadFieldByField();
    void shortestCard_assumesTheRest();
    void outputNameAndLayout_areReadAndMayBeMissing();
    void statedFields_areThoseThatTheAuthorGave();
    void guessedFields_countAsAssumed();
    void everyWordField_listsItsWords();
    void unknownFields_areKept();
    void greyCard_hasOneEntry();
    void badField_isNamedWithItsFile_data();
    void badField_isNamedWithItsFile();
    void brokenJson_tellsWhere();
    void damagedCard_failsOrParses_butNeverCrashes();
    void contradiction_namesBothNumbers();
    void binaryLogit_allowsOneOrTwoLabels();
};

void TestModelCard::wholeCard_isReadFieldByField() {
    const ModelCard card = parseModelCard(whole, "net.pt", "net");
    QCOMPARE(card.name, std::string("efficientnet-lite0"));
    QCOMPARE(card.licence, std::string("Apache-2.0"));
    QCOMPARE(card.labels, (std::vector<std::string>{"tench", "goldfish"}));
    QCOMPARE(card.input.height, 224);
    QCOMPARE(card.input.width, 192);
    QCOMPARE(card.input.color, ColorOrder::Bgr);
    QCOMPARE(card.input.divide, 255.0);
    QCOMPARE(card.input.mean, (std::vector<double>{1, 2, 3}));
    QCOMPARE(card.input.std, (std::vector<double>{4, 5, 6}));
    QCOMPARE(card.input.resize, ResizeMode::Stretch);
    QCOMPARE(card.input.interpolation, Interpolation::Bicubic);
    QCOMPARE(card.input.crop, 0.875);
    QVERIFY(card.output == OutputKind::MultilabelLogits);
    QCOMPARE(card.reported.size(), std::size_t{1});
    QCOMPARE(card.reported[0].value, 75.1);
    QVERIFY(card.assumed.empty());
}

void TestModelCard::shortestCard_assumesTheRest() {
    const ModelCard card = parseModelCard(R"({"input": {"size": [8, 8]}})", "net.pt", "net");
    QCOMPARE(card.name, std::string("net"));
    QCOMPARE(card.input.mean, (std::vector<double>{0, 0, 0}));
    QCOMPARE(card.input.std, (std::vector<double>{1, 1, 1}));
    QCOMPARE(card.assumed, (std::vector<std::string>{"input.color", "input.divide", "input.mean", "input.std",
                                                     "input.resize", "input.interpolation", "input.crop", "output"}));
}

void TestModelCard::outputNameAndLayout_areReadAndMayBeMissing() {
    const ModelCard card =
        parseModelCard(R"({"input": {"size": [8, 8]}, "output_name": "logits", "layout": "NHWC"})", "a", "a");
    QCOMPARE(card.outputName, std::string("logits"));
    QCOMPARE(card.layout, std::optional(TensorLayout::Nhwc));
    const ModelCard bare = parseModelCard(R"({"input": {"size": [8, 8]}})", "a", "a");
    QCOMPARE(bare.outputName, std::string());
    QVERIFY(!bare.layout.has_value());
}

void TestModelCard::statedFields_areThoseThatTheAuthorGave() {
    const ModelCard card = parseModelCard(
        R"({"input": {"size": [8, 8], "divide": 255, "mean": null}, "output": "logits", "layout": "NCHW",
            "guessed": ["input.divide", "output"]})",
        "a", "a");
    QVERIFY(card.states("input.size"));
    QVERIFY(card.states("layout"));
    QVERIFY(!card.states("input.divide"));
    QVERIFY(!card.states("input.mean"));
    QVERIFY(!card.states("input.std"));
    QVERIFY(!card.states("output"));
    QVERIFY(!card.states("output_name"));
}

void TestModelCard::guessedFields_countAsAssumed() {
    const ModelCard card = parseModelCard(
        R"({"input": {"size": [8, 8], "color": "RGB", "divide": 255, "mean": [0, 0, 0], "std": [1, 1, 1],
            "resize": "stretch", "interpolation": "bilinear"}, "output": "logits",
            "guessed": ["input.size", "input.divide"]})",
        "a", "a");
    QCOMPARE(card.input.divide, 255.0);
    QCOMPARE(card.assumed, (std::vector<std::string>{"input.crop", "input.size", "input.divide"}));
    QCOMPARE(assumedInWords(card), std::string("input.crop (left out of the card); guessed: input.size, input.divide"));
}

void TestModelCard::everyWordField_listsItsWords() {
    for (const char* field : {"input.color", "input.resize", "input.interpolation", "output", "layout"}) {
        const std::vector<std::string> words = cardWords(field);
        QVERIFY2(words.size() > 1, field);
        for (const std::string& word : words) {
            nlohmann::json card = {{"input", {{"size", {8, 8}}}}};
            const QString name = field;
            if (name.startsWith("input.")) {
                card["input"][name.mid(6).toStdString()] = word;
            } else {
                card[field] = word;
            }
            QCOMPARE(errorOf(card.dump()), QString());
        }
    }
    QVERIFY(cardWords("labels").empty());
    QCOMPARE(toString(OutputKind::BinaryLogit), std::string_view("binary-logit"));
    QCOMPARE(cardWord(TensorLayout::Nhwc), std::string("NHWC"));
}

void TestModelCard::unknownFields_areKept() {
    QCOMPARE(parseModelCard(whole, "net.pt", "net").original.at("house").at("mark").get<int>(), 7);
}

void TestModelCard::greyCard_hasOneEntry() {
    const ModelCard card = parseModelCard(withInput(R"("color": "gray", "mean": [127], "std": [128])"), "a", "a");
    QCOMPARE(card.input.channels(), 1);
    QCOMPARE(card.input.mean, std::vector<double>{127});
    const ModelCard bare = parseModelCard(withInput(R"("color": "gray")"), "a", "a");
    QCOMPARE(bare.input.std, std::vector<double>{1});
}

void TestModelCard::badField_isNamedWithItsFile_data() {
    QTest::addColumn<QString>("json");
    QTest::addColumn<QString>("field");
    const auto add = [](const char* row, const std::string& json, const char* field) {
        QTest::newRow(row) << QString::fromStdString(json) << field;
    };
    add("no object", "[1]", "the card");
    add("no input", "{}", "input.size");
    add("input is text", R"({"input": "224"})", "input");
    add("no size", R"({"input": {}})", "input.size");
    add("one side", R"({"input": {"size": [224]}})", "input.size");
    add("fractional side", R"({"input": {"size": [224.5, 224]}})", "input.size");
    add("text side", R"({"input": {"size": ["224", 224]}})", "input.size");
    add("zero side", R"({"input": {"size": [0, 224]}})", "input.size");
    add("huge side", R"({"input": {"size": [8193, 224]}})", "input.size");
    add("enormous side", R"({"input": {"size": [18446744073709551615, 224]}})", "input.size");
    add("negative side", R"({"input": {"size": [-1, 224]}})", "input.size");
    add("unknown color", withInput(R"("color": "CMYK")"), "input.color");
    add("color is a number", withInput(R"("color": 3)"), "input.color");
    add("zero divide", withInput(R"("divide": 0)"), "input.divide");
    add("divide is text", withInput(R"("divide": "255")"), "input.divide");
    add("two means", withInput(R"("mean": [1, 2])"), "input.mean");
    add("three means in grey", withInput(R"("color": "gray", "mean": [1, 2, 3])"), "input.mean");
    add("mean is a number", withInput(R"("mean": 127)"), "input.mean");
    add("mean holds text", withInput(R"("mean": [1, "2", 3])"), "input.mean");
    add("zero std", withInput(R"("std": [1, 0, 1])"), "input.std");
    add("unknown resize", withInput(R"("resize": "longer-side")"), "input.resize");
    add("unknown interpolation", withInput(R"("interpolation": "lanczos")"), "input.interpolation");
    add("zero crop", withInput(R"("crop": 0)"), "input.crop");
    add("crop of nothing", withInput(R"("crop": 1e-9)"), "input.crop");
    add("mean beyond all levels", withInput(R"("mean": [1e9, 1e9, 1e9])"), "input.mean");
    add("deviation of nothing", withInput(R"("std": [1e-300, 1, 1])"), "input.mean");
    add("divided to nothing", withInput(R"("divide": 1e300, "mean": [0.5, 0.5, 0.5])"), "input.mean");
    add("crop above one", withInput(R"("crop": 1.5)"), "input.crop");
    add("unknown output", R"({"input": {"size": [8, 8]}, "output": "boxes"})", "output");
    add("unknown layout", R"({"input": {"size": [8, 8]}, "layout": "CHWN"})", "layout");
    add("output_name is a number", R"({"input": {"size": [8, 8]}, "output_name": 1})", "output_name");
    add("guessed is text", R"({"input": {"size": [8, 8]}, "guessed": "all"})", "guessed");
    add("labels are no list", R"({"input": {"size": [8, 8]}, "labels": "cat"})", "labels");
    add("a label is a number", R"({"input": {"size": [8, 8]}, "labels": ["cat", 2]})", "labels");
    add("name is a number", R"({"input": {"size": [8, 8]}, "name": 5})", "name");
    add("reported without value", R"({"input": {"size": [8, 8]}, "reported": [{"metric": "top-1"}]})", "reported[0]");
}

void TestModelCard::badField_isNamedWithItsFile() {
    QFETCH(QString, json);
    QFETCH(QString, field);
    const QString error = errorOf(json.toStdString());
    QVERIFY2(error.startsWith("The card of net.pt cannot be used: " + field + " "), qPrintable(error));
}

void TestModelCard::brokenJson_tellsWhere() {
    QCOMPARE(errorOf(R"({"input": )"), "The card of net.pt is broken JSON at byte 11; correct or remove it.");
    QVERIFY(errorOf(R"({"a": 1e999})").contains("broken JSON"));
    QVERIFY(errorOf(std::string(100'000, '[')).contains("broken JSON"));
}

void TestModelCard::damagedCard_failsOrParses_butNeverCrashes() {
    const std::string text = whole;
    for (std::size_t place = 0; place < text.size(); ++place) {
        QVERIFY(errorOf(text.substr(0, place)) != "wrong kind of error");
        for (const int flip : {1, 2, 16, 128}) {
            std::string damaged = text;
            damaged[place] = static_cast<char>(damaged[place] ^ flip);
            QVERIFY(errorOf(damaged) != "wrong kind of error");
        }
    }
}

void TestModelCard::contradiction_namesBothNumbers() {
    const ModelCard card = parseModelCard(whole, "net.pt", "net");
    checkCardAgainstModel(card, 2, 3);
    try {
        checkCardAgainstModel(card, 1000, 3);
        QFAIL("two labels for a thousand outputs");
    } catch (const Error& error) {
        QCOMPARE(error.what(),
                 "The card of efficientnet-lite0 names 2 labels, but the network tells 1000 classes "
                 "apart; correct the card.");
    }
    try {
        checkCardAgainstModel(card, 2, 1);
        QFAIL("three channels for one");
    } catch (const Error& error) {
        QVERIFY(QString(error.what()).contains("3 channels"));
        QVERIFY(QString(error.what()).contains("takes 1"));
    }
}

void TestModelCard::binaryLogit_allowsOneOrTwoLabels() {
    ModelCard card = parseModelCard(R"({"input": {"size": [8, 8]}, "output": "binary-logit"})", "a", "a");
    checkCardAgainstModel(card, 1, 3);
    card.labels = {"pneumonia"};
    checkCardAgainstModel(card, 1, 3);
    card.labels = {"healthy", "pneumonia"};
    checkCardAgainstModel(card, 1, 3);
    QVERIFY_EXCEPTION_THROWN(checkCardAgainstModel(card, 2, 3), Error);
}

QTEST_APPLESS_MAIN(TestModelCard)
#include "test_model_card.moc"
