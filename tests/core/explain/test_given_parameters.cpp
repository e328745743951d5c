#include "core/explain/given_parameters.h"

#include <QtTest>

#include "core/error.h"

using namespace discern;

class TestGivenParameters : public QObject {
    Q_OBJECT

    using Values = std::map<std::string, std::string>;
    const Method& lime_ = findMethod("lime");
    const Method& rise_ = findMethod("rise");
    const Method& saliency_ = findMethod("saliency");

private Q_SLOTS:
    void bareKey_goesToEveryMethodThatKnowsIt() {
        const GivenParameters given({"samples=64"}, {&lime_, &rise_, &saliency_});
        QCOMPARE(given.of(lime_), (Values{{"samples", "64"}}));
        QCOMPARE(given.of(rise_), (Values{{"samples", "64"}}));
        QVERIFY(given.of(saliency_).empty());
    }

    void keyOfAMethod_goesToThatOneOnly() {
        const GivenParameters given({"lime.samples=64"}, {&lime_, &rise_});
        QCOMPARE(given.of(lime_), (Values{{"samples", "64"}}));
        QVERIFY(given.of(rise_).empty());
    }

    void ofSeveralForOneKey_theLastCounts() {
        const GivenParameters given({"samples=64", "lime.samples=128", "rise.samples=8", "rise.samples=16"},
                                    {&lime_, &rise_});
        QCOMPARE(given.of(lime_), (Values{{"samples", "128"}}));
        QCOMPARE(given.of(rise_), (Values{{"samples", "16"}}));
    }

    void valueMayHoldEqualsSignsAndDots() {
        const GivenParameters given({"lime.segments=a.b=c.npy"}, {&lime_});
        QCOMPARE(given.of(lime_), (Values{{"segments", "a.b=c.npy"}}));
    }

    void whatFitsNothing_isRefusedByName_data() {
        QTest::addColumn<QString>("text");
        QTest::addRow("no equals sign") << "samples";
        QTest::addRow("no key") << "=64";
        QTest::addRow("a key that none knows") << "nosuch=1";
        QTest::addRow("a key that this method does not know") << "lime.nosuch=1";
        QTest::addRow("a method that was not asked for") << "occlusion.window=9";
        QTest::addRow("no number") << "samples=many";
        QTest::addRow("a number out of range") << "samples=-5";
    }
    void whatFitsNothing_isRefusedByName() {
        QFETCH(QString, text);
        try {
            const GivenParameters given({text.toStdString()}, {&lime_, &rise_});
            QFAIL("no error");
        } catch (const Error& error) {
            QCOMPARE(error.kind(), ErrorKind::Usage);
            const QString named = text.section('=', 0, 0).section('.', -1);
            QVERIFY2(QString::fromUtf8(error.what()).contains(named), error.what());
        }
    }
};

QTEST_GUILESS_MAIN(TestGivenParameters)
#include "test_given_parameters.moc"
