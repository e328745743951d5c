#include "ui/session/runs/explanation_demands.h"

#include <QtTest>

using namespace discern;

class TestExplanationDemands : public QObject {
    Q_OBJECT

    const CellRef quick_{1, 1, "grad_cam"};
    const CellRef slow_{1, 1, "lime"};
    const CellRef other_{2, 1, "lime"};

    static bool starts(const CellRef& cell) { return cell.method == "grad_cam"; }

private Q_SLOTS:
    void whatAPageShows_startsByItself_theRestIsAskedFor() {
        ExplanationDemands demands;
        demands.show(this, {slow_, quick_});
        QCOMPARE(demands.wanted(starts), QVector<CellRef>{quick_});
        demands.ask(slow_);
        demands.ask(other_);
        QCOMPARE(demands.wanted(starts), (QVector<CellRef>{slow_, quick_, other_}));
        demands.submitted(slow_);
        QVERIFY(!demands.asked(slow_) && demands.asked(other_));
        demands.show(this, {});
        QCOMPARE(demands.wanted(starts), QVector<CellRef>{other_});
    }

    void cellOfTwoPages_isWantedOnce() {
        ExplanationDemands demands;
        QObject page;
        demands.show(this, {quick_});
        demands.show(&page, {quick_, {2, 1, "grad_cam"}});
        QCOMPARE(demands.wanted(starts).size(), 2);
        demands.show(this, {});
        QVERIFY(demands.shown(quick_));
    }

    void whatIsStopped_waitsUntilItIsAskedForOrAllowedAgain() {
        ExplanationDemands demands;
        demands.show(this, {quick_});
        demands.stop(quick_);
        QVERIFY(demands.wanted(starts).isEmpty());
        demands.ask(quick_);
        QCOMPARE(demands.wanted(starts), QVector<CellRef>{quick_});
        demands.ask(other_);
        QCOMPARE(demands.stopAll(), (QSet<CellRef>{quick_, other_}));
        QVERIFY(demands.wanted(starts).isEmpty());
        demands.allowAgain();
        QCOMPARE(demands.wanted(starts), QVector<CellRef>{quick_});
    }

    void whatIsGone_isNotAskedForAnyMore() {
        ExplanationDemands demands;
        demands.ask(slow_);
        demands.ask(other_);
        demands.keepAsked([](const CellRef& cell) { return cell.picture == 1; });
        QCOMPARE(demands.wanted(starts), QVector<CellRef>{slow_});
    }
};

QTEST_MAIN(TestExplanationDemands)
#include "test_explanation_demands.moc"
