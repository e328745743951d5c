#include "ui/words/core_words.h"

#include <QTranslator>
#include <QtTest>

using namespace discern;

namespace {

class Translation : public QTranslator {
public:
    [[nodiscard]] bool isEmpty() const override { return false; }
    [[nodiscard]] QString translate(const char* context, const char* source, const char*, int) const override {
        return qstrcmp(context, "Core") == 0 && qstrcmp(source, "Occlusion") == 0 ? QStringLiteral("Verdeckung") : QString();
    }
};

}  // namespace

class TestCoreWords : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void wordsOfCore_areTranslatedInTheirContext() {
        QCOMPARE(coreWords("Occlusion"), QString("Occlusion"));
        Translation german;
        QCoreApplication::installTranslator(&german);
        QCOMPARE(coreWords("Occlusion"), QString("Verdeckung"));
        QCOMPARE(coreWords("Δ logit"), QString("Δ logit"));
        QVERIFY(coreWords({}).isEmpty());
    }
};

QTEST_MAIN(TestCoreWords)
#include "test_core_words.moc"
