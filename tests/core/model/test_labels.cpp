#include "core/model/labels.h"

#include <QTemporaryDir>
#include <QtTest>
#include <fstream>

#include "core/error.h"

using namespace discern;

class TestLabels : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;

    [[nodiscard]] std::string written(const QByteArray& text) const {
        const std::string file = folder_.filePath("labels").toStdString();
        std::ofstream(file, std::ios::binary).write(text.data(), text.size());
        return file;
    }

private Q_SLOTS:
    void everyForm_givesNamesInOrder_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("lines") << QByteArray("cat\ndog, hound\nélan\n");
        QTest::newRow("lines of another system, without an end") << QByteArray(
            "\xEF\xBB\xBF"
            "cat\r\n dog, hound \r\nélan");
        QTest::newRow("blank lines at the end") << QByteArray("cat\ndog, hound\nélan\n\n\n");
        QTest::newRow("list") << QByteArray(R"(["cat", "dog, hound", "élan"])");
        QTest::newRow("object by index") << QByteArray(R"({"1": "dog, hound", "0": "cat", "2": "élan"})");
        QTest::newRow("class index") << QByteArray(
            R"({"0": ["n1", "cat"], "1": ["n2", "dog, hound"], "2": ["n3", "élan"]})");
    }
    void everyForm_givesNamesInOrder() {
        QFETCH(QByteArray, text);
        QCOMPARE(readLabels(written(text)), (std::vector<std::string>{"cat", "dog, hound", "élan"}));
    }

    void whatIsNoList_isRefusedWithThePlace_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("words");
        QTest::newRow("empty") << QByteArray("\n\n") << "it is empty";
        QTest::newRow("gap") << QByteArray("cat\n\ndog\n") << "line 2 is empty";
        QTest::newRow("broken JSON") << QByteArray("[\"cat\", ") << "broken JSON";
        QTest::newRow("number") << QByteArray("[\"cat\", 2]") << "entry 1 is no text";
        QTest::newRow("index left out") << QByteArray(R"({"0": "cat", "2": "dog"})") << "indices 0 to 1";
        QTest::newRow("names as keys") << QByteArray(R"({"cat": "0", "dog": "1"})") << "indices 0 to 1";
        QTest::newRow("bytes") << QByteArray("\x80\xff\x00\x01", 4) << "no text in UTF-8";
        QTest::newRow("Latin-1") << QByteArray("\xe9lan\n") << "no text in UTF-8";
    }
    void whatIsNoList_isRefusedWithThePlace() {
        QFETCH(QByteArray, text);
        QFETCH(QString, words);
        const std::string file = written(text);
        try {
            static_cast<void>(readLabels(file));
            QFAIL("labels were read");
        } catch (const Error& error) {
            QCOMPARE(error.kind(), ErrorKind::Input);
            QVERIFY2(QString(error.what()).contains(words), error.what());
            QVERIFY2(QString(error.what()).contains(QString::fromStdString(file)), error.what());
        }
    }
};

QTEST_APPLESS_MAIN(TestLabels)
#include "test_labels.moc"
