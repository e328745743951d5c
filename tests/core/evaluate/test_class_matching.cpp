#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include "core/error.h"
#include "core/evaluate/class_matching.h"
#include "core/evaluate/normal_text.h"

using namespace discern;

namespace {

using Texts = std::vector<std::string>;
using Places = std::vector<int>;

bool says(const Texts& notes, const std::string& part) {
    return std::ranges::any_of(notes, [&](const std::string& note) { return note.find(part) != std::string::npos; });
}

/// The message of the error that a call throws; empty where it throws none of that kind.
template <typename Call>
std::string refusal(ErrorKind kind, const Call& call) {
    try {
        call();
    } catch (const Error& error) {
        return error.kind() == kind ? error.what() : "";
    }
    return "";
}

}  // namespace

/// Labels of a set against classes of a model.
class TestClassMatching : public QObject {
    Q_OBJECT

private slots:
    void sameTextInAnyOrder() {
        const ClassMatching got = matchClasses({"healthy", "ill"}, {"ill", "healthy"});
        QCOMPARE(got.of, (Places{1, 0}));
        QCOMPARE(got.classes, (Texts{"ill", "healthy"}));
        QCOMPARE(got.known, 2u);
        QCOMPARE(got.matched.at("ill"), std::string("ill"));
        QVERIFY(got.notes.empty());
    }

    void normalTexts_data() {
        QTest::addColumn<QString>("a");
        QTest::addColumn<QString>("b");
        QTest::addColumn<bool>("same");
        QTest::newRow("case and separators") << "Great_White-Shark"
                                             << "great white shark" << true;
        QTest::newRow("brackets") << "Nevus (benign)"
                                  << "nevus benign" << true;
        QTest::newRow("umlaut") << "Ärger"
                                << "ärger" << true;
        QTest::newRow("Cyrillic") << "ЖУК"
                                  << "жук" << true;
        QTest::newRow("sign at the end") << "HER2-"
                                         << "HER2+" << false;
        QTest::newRow("sign or none") << "HER2-"
                                      << "HER2" << false;
        QTest::newRow("negative") << "-1"
                                  << "1" << false;
        QTest::newRow("two numbers") << "1-2"
                                     << "12" << false;
        QTest::newRow("decimal point") << "grade 1.5"
                                       << "grade 15" << false;
        QTest::newRow("less or more") << "<5mm"
                                      << ">5mm" << false;
    }

    void normalTexts() {
        QFETCH(QString, a);
        QFETCH(QString, b);
        QFETCH(bool, same);
        QCOMPARE(normalText(a.toStdString()) == normalText(b.toStdString()), same);
    }

    void similarTextIsTold() {
        const ClassMatching got = matchClasses({"Great_White-Shark"}, {"tench", "great white shark"});
        QCOMPARE(got.of, (Places{1}));
        QVERIFY(says(got.notes, "\"Great_White-Shark\" as 1 (great white shark)"));
    }

    void synonymsBetweenCommas() {
        const ClassMatching got =
            matchClasses({"Tinca_tinca", "tench", "goldfish"}, {"goldfish, Carassius auratus", "tench, Tinca tinca"});
        QCOMPARE(got.of, (Places{1, 1, 0}));
        QVERIFY(says(got.notes, "stand for the same class"));
    }

    void sharedNamesAreAmbiguous() {
        const ClassMatching got =
            matchClasses({"crane", "heron", "maillot"}, {"crane", "heron", "crane", "maillot", "maillot"});
        QCOMPARE(got.of, (Places{5, 1, 6}));
        QCOMPARE(got.classes.size(), 7u);
        QCOMPARE(got.classes[5], std::string("crane"));
        QCOMPARE(got.known, 5u);
        QVERIFY(!got.matched.contains("crane"));
        QVERIFY(says(got.notes, "\"crane\" fits several classes: 0 (crane), 2 (crane)"));
        QVERIFY(!says(got.notes, "no class for"));
    }

    void aNameThatIsAnothersSynonym() {
        const Texts classes{"maillot", "maillot, tank suit"};
        const ClassMatching alone = matchClasses({"maillot"}, classes);
        QCOMPARE(alone.of, (Places{2}));
        // With the other class by its whole name there is no doubt.
        QCOMPARE(matchClasses(classes, classes).of, (Places{0, 1}));
    }

    void caseDecidesWhereAModelTellsByIt() {
        QCOMPARE(matchClasses({"Polish", "polish"}, {"polish", "Polish"}).of, (Places{1, 0}));
        QCOMPARE(matchClasses({"POLISH"}, {"polish", "Polish"}).of, (Places{2}));
    }

    void twelveIndices() {
        Texts labels;
        Texts classes;
        Places expected;
        for (int c = 0; c < 12; ++c) {
            labels.push_back(std::to_string(c));
            classes.push_back("class " + std::string(1, static_cast<char>('a' + c)));
            expected.push_back(c);
        }
        const ClassMatching got = matchClasses(labels, classes);
        QCOMPARE(got.of, expected);
        QCOMPARE(got.matched.at("10"), std::string("class k"));
        QVERIFY(says(got.notes, "indices of the model's classes, from 0"));
        // In the order in which a folder lists them by bytes, too.
        QCOMPARE(matchClasses({"0", "1", "10", "11", "2"}, classes).of, (Places{0, 1, 10, 11, 2}));
    }

    void numbersThatAreNoIndices() {
        const Texts classes{"a", "b", "c"};
        const ClassMatching beyond = matchClasses({"1", "2", "3"}, classes);
        QCOMPARE(beyond.of, (Places{3, 4, 5}));
        QVERIFY(says(beyond.notes, "from 0 to 2"));
        QCOMPARE(matchClasses({"0", "other"}, classes).of, (Places{3, 4}));
        QCOMPARE(matchClasses({"0", "99999999999999999999999"}, classes).of, (Places{3, 4}));
        QCOMPARE(matchClasses({"-1", "0"}, classes).of, (Places{3, 4}));
    }

    void numbersThatClassesAreCalled() {
        QCOMPARE(matchClasses({"0", "1", "2"}, {"2", "1", "0"}).of, (Places{2, 1, 0}));
        // "1" is a name here, so that "0" is no index.
        QCOMPARE(matchClasses({"0", "1"}, {"1", "2"}).of, (Places{2, 0}));
    }

    void mappingWins() {
        const Texts classes{"ill", "healthy", "unclear"};
        QCOMPARE(matchClasses({"ill", "healthy"}, classes, {{"ill", "unclear"}}).of, (Places{2, 1}));
        QCOMPARE(matchClasses({"ill", "kranker"}, classes, {{"kranker", "0"}}).of, (Places{0, 0}));
        QCOMPARE(matchClasses({"0", "1"}, classes, {{"0", "2"}}).of, (Places{2, 1}));
        QCOMPARE(matchClasses({"fish"}, {"crane", "tench, Tinca tinca"}, {{"fish", "tench"}}).of, (Places{1}));
        // A class may be called as another's index.
        QCOMPARE(matchClasses({"x"}, {"1", "0"}, {{"x", "0"}}).of, (Places{1}));
        const ClassMatching crane = matchClasses({"crane"}, {"crane", "heron", "crane"}, {{"crane", "2"}});
        QCOMPARE(crane.of, (Places{2}));
        QVERIFY(crane.notes.empty());
        QCOMPARE(matchClasses({"x"}, {"maillot, tank suit", "maillot"}, {{"x", "maillot"}}).of, (Places{1}));
    }

    void mappingThatNamesWhatThereIsNot() {
        const Texts classes{"crane", "healthy", "crane"};
        const auto of = [&](const std::string& label, const std::string& wanted) {
            return refusal(ErrorKind::Usage, [&] { (void)matchClasses({"ill"}, classes, {{label, wanted}}); });
        };
        QVERIFY(of("ills", "healthy").find("\"ills\"") != std::string::npos);
        QVERIFY(of("ill", "health").find("Did you mean healthy?") != std::string::npos);
        QVERIFY(of("ill", "3").find("3 classes") != std::string::npos);
        QVERIFY(of("ill", "crane").find("0 (crane), 2 (crane)") != std::string::npos);
        QVERIFY(of("ill", "").find("does not have") != std::string::npos);
    }

    void manyLackingLabelsAreCut() {
        Texts labels;
        for (int i = 0; i < 30; ++i) labels.push_back("thing " + std::string(1, static_cast<char>('A' + i)));
        const ClassMatching got = matchClasses(labels, {"a"});
        QCOMPARE(got.notes.size(), 1u);
        QVERIFY(says(got.notes, "and 20 more"));
        QCOMPARE(got.of.back(), 30);
    }

    void nothingToMatch() {
        QVERIFY(matchClasses({}, {"a"}).of.empty());
        QCOMPARE(matchClasses({"a"}, {}).of, (Places{0}));
        QCOMPARE(matchClasses({"..."}, {"---"}).of, (Places{1}));
    }

    void mappingFile_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("told");
        QTest::newRow("damaged") << QByteArray("{\"a\": ") << "no JSON";
        QTest::newRow("array") << QByteArray("[1]") << "no JSON object";
        QTest::newRow("negative") << QByteArray("{\"a\": -1}") << "neither";
        QTest::newRow("fraction") << QByteArray("{\"a\": 1.5}") << "neither";
        QTest::newRow("null") << QByteArray("{\"a\": null}") << "neither";
        QTest::newRow("nested") << QByteArray("{\"a\": {\"a\": 1}}") << "neither";
        QTest::newRow("twice") << QByteArray("{\"a\": \"x\", \"a\": \"y\"}") << "twice";
        QTest::newRow("good") << QByteArray("{\"a\": \"x\", \"b\": 3, \"\xc3\xa4\": \"y\"}") << "";
    }

    void mappingFile() {
        QFETCH(QByteArray, text);
        QFETCH(QString, told);
        const QTemporaryDir folder;
        QFile file(folder.filePath("mapping.json"));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
        file.close();
        const std::string path = file.fileName().toStdString();
        if (!told.isEmpty()) {
            const std::string message = refusal(ErrorKind::Input, [&] { (void)readMapping(path); });
            QVERIFY2(message.find(told.toStdString()) != std::string::npos, message.c_str());
            QVERIFY(message.find("mapping.json") != std::string::npos);
            return;
        }
        QCOMPARE(readMapping(path), (std::map<std::string, std::string>{{"a", "x"}, {"b", "3"}, {"ä", "y"}}));
    }

    void mappingFileThatThereIsNot() {
        QVERIFY(refusal(ErrorKind::Input, [] {
                    (void)readMapping("/nowhere/mapping.json");
                }).find("/nowhere/mapping.json") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestClassMatching)
#include "test_class_matching.moc"
