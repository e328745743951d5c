#include "core/text/near_names.h"

#include <QtTest>

using discern::nearNames;

class TestNearNames : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void slipOfTheFinger_findsTheName() {
        QCOMPARE(nearNames("grad_cma", {"grad_cam", "lime", "occlusion"}), std::string(" Did you mean grad_cam?"));
    }

    void partOfAName_findsAllThatHaveIt_theNearestFirst() {
        QCOMPARE(nearNames("CAM", {"cap", "grad_cam", "lime", "layer_cam"}),
                 std::string(" Did you mean grad_cam, layer_cam or cap?"));
    }

    void neverMoreThanThree() {
        QCOMPARE(nearNames("cam", {"a_cam", "b_cam", "c_cam", "d_cam"}),
                 std::string(" Did you mean a_cam, b_cam or c_cam?"));
    }

    void nothingNear_saysNothing() {
        QVERIFY(nearNames("rise", {"occlusion", "kernel_shap"}).empty());
        QVERIFY(nearNames("", {"occlusion"}).empty());
        QVERIFY(nearNames("rise", {}).empty());
    }
};

QTEST_GUILESS_MAIN(TestNearNames)
#include "test_near_names.moc"
