#include "ui/grid/cell_tool.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>
#include <QtTest>

using namespace discern;

namespace {

/// A cell of 200 x 100 that shows a picture of 400 x 200.
class Cell : public ToolCell {
public:
    View view_;
    bool alone_ = false;
    bool wheelScrolls_ = false;
    QStringList did_;
    std::optional<QPointF> point_;

    QRectF pictureRect() const override { return {0, 0, 200, 100}; }
    QPointF toPicture(const QPointF& position) const override { return 2 * position; }
    View view() const override { return view_; }
    bool wheelScrolls() const override { return wheelScrolls_; }
    void setView(const View& view, bool alone) override {
        view_ = view;
        alone_ = alone;
    }
    void choose() override { did_ << "choose"; }
    void open() override { did_ << "open"; }
    void moveSelection(int rows, int columns) override { did_ << QStringLiteral("move %1 %2").arg(rows).arg(columns); }
    void point(const std::optional<QPointF>& point) override { point_ = point; }
};

QMouseEvent mouse(QEvent::Type type, const QPointF& at, Qt::KeyboardModifiers modifiers = {}) {
    return QMouseEvent(type, at, at, Qt::LeftButton, Qt::LeftButton, modifiers);
}

QWheelEvent wheel(const QPointF& at, int delta, Qt::KeyboardModifiers modifiers = {}) {
    return QWheelEvent(at, at, {}, {0, delta}, Qt::NoButton, modifiers, Qt::NoScrollPhase, false);
}

QKeyEvent key(int key, Qt::KeyboardModifiers modifiers = {}) { return QKeyEvent(QEvent::KeyPress, key, modifiers); }

}  // namespace

class TestCellTool : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void wheel_zoomsAboutThePointer() {
        Cell cell;
        const auto tool = makePanZoomTool();
        QVERIFY(tool->wheel(cell, wheel({0, 0}, 120)));
        QCOMPARE(cell.view_.zoom, 1.25);
        QCOMPARE(cell.view_.centre, QPointF(0.4, 0.4));
        QCOMPARE(cell.point_, std::optional(QPointF(0, 0)));
    }

    void wheelThatScrolls_zoomsWithCtrlOnly() {
        Cell cell;
        cell.wheelScrolls_ = true;
        const auto tool = makePanZoomTool();
        QVERIFY(!tool->wheel(cell, wheel({0, 0}, 120)));
        QCOMPARE(cell.view_, View{});
        QVERIFY(tool->wheel(cell, wheel({0, 0}, 120, Qt::ControlModifier)));
        QCOMPARE(cell.view_.zoom, 1.25);
    }

    void drag_movesBySharesOfThePicture_untilTheButtonIsLetGo() {
        Cell cell;
        cell.view_.zoom = 4.0;
        const auto tool = makePanZoomTool();
        QVERIFY2(!tool->move(cell, mouse(QEvent::MouseMove, {90, 50})), "no button is held");
        tool->press(cell, mouse(QEvent::MouseButtonPress, {100, 50}));
        QVERIFY(tool->move(cell, mouse(QEvent::MouseMove, {80, 40}, Qt::AltModifier)));
        QCOMPARE(cell.view_.centre, QPointF(0.6, 0.6));
        QVERIFY(cell.alone_);
        tool->release(cell, mouse(QEvent::MouseButtonRelease, {80, 40}));
        QVERIFY(!tool->move(cell, mouse(QEvent::MouseMove, {10, 10})));
        tool->doubleClick(cell, mouse(QEvent::MouseButtonDblClick, {10, 10}));
        QCOMPARE(cell.view_, View{});
    }

    void arrowKeys_select_andMoveWithShift() {
        Cell cell;
        cell.view_.zoom = 2.0;
        const auto select = makeSelectTool();
        const auto pan = makePanZoomTool();
        QVERIFY(select->key(cell, key(Qt::Key_Down)));
        QVERIFY(select->key(cell, key(Qt::Key_Return)));
        QCOMPARE(cell.did_, (QStringList{"move 1 0", "open"}));
        QVERIFY(!select->key(cell, key(Qt::Key_Right, Qt::ShiftModifier)));
        QVERIFY(pan->key(cell, key(Qt::Key_Right, Qt::ShiftModifier)));
        QCOMPARE(cell.view_.centre, QPointF(0.55, 0.5));
        QVERIFY(!select->key(cell, key(Qt::Key_X)) && !pan->key(cell, key(Qt::Key_X)));
    }

    void press_selectsAndLeavesTheDragToOthers() {
        Cell cell;
        QVERIFY(!makeSelectTool()->press(cell, mouse(QEvent::MouseButtonPress, {1, 1})));
        QCOMPARE(cell.did_, QStringList{"choose"});
    }

    void probe_followsThePointerAndEndsWithIt() {
        Cell cell;
        const auto tool = makeProbeTool();
        QVERIFY(!tool->move(cell, mouse(QEvent::MouseMove, {7, 3})));
        QCOMPARE(cell.point_, std::optional(QPointF(14, 6)));
        tool->leave(cell);
        QVERIFY(!cell.point_);
    }
};

QTEST_MAIN(TestCellTool)
#include "test_cell_tool.moc"
