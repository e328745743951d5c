// Grids with more cells than fit, and with fewer than there is room for.
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>

#include "ui/grid/cell_widget.h"
#include "ui/grid/empty_state.h"
#include "ui/grid/grid_geometry.h"
#include "ui/grid/grid_view.h"
#include "ui/grid/heads.h"
#include "ui/grid/view_state.h"
#include "ui/style/apply_theme.h"
#include "ui/support.h"
#include "ui/wheel.h"

using namespace discern;

namespace {

CellName name(int row, int column) { return {{1, column + 1, QStringLiteral("method_%1").arg(row)}, {}}; }

CellContent done(const CellName& name, float value) {
    auto map = std::make_shared<Attribution>();
    map->map = cv::Mat(24, 32, CV_32FC1, cv::Scalar(value));
    map->map.at<float>(0, 0) = 2.0F * value;
    map->unit = "ReLU-CAM";
    map->summary = "Σ 7.31 = f(x) − f(∅)";
    CellContent cell;
    cell.name = name;
    cell.status = CellStatus::Done;
    cell.attribution = map;
    return cell;
}

GridContent content(int rows, int columns, const QColor& picture = Qt::darkGreen) {
    GridContent content;
    content.picture = QImage(96, 72, QImage::Format_RGB888);
    content.picture.fill(picture);
    content.pictureName = "photo.png";
    for (int c = 0; c < columns; ++c) {
        ColumnContent column;
        column.model = QStringLiteral("net-%1").arg(c);
        column.seen = QRectF(0, 0, 96, 72);
        content.columns.append(column);
    }
    for (int r = 0; r < rows; ++r) {
        content.rows.append({QStringLiteral("method_%1").arg(r), QStringLiteral("Method %1").arg(r), "", false});
        content.cells.append(QVector<CellContent>());
        for (int c = 0; c < columns; ++c) content.cells.last().append(done(name(r, c), 1.0F));
    }
    return content;
}

}  // namespace

class TestTallGrid : public QObject {
    Q_OBJECT

    testing::Sandbox sandbox_;
    std::unique_ptr<GridView> grid_;

    [[nodiscard]] QScrollBar* bar() const { return grid_->findChild<QScrollArea*>()->verticalScrollBar(); }
    [[nodiscard]] CellWidget* topCell() const {
        QList<CellWidget*> all = grid_->findChildren<CellWidget*>();
        return *std::min_element(all.begin(), all.end(), [](auto* a, auto* b) { return a->y() < b->y(); });
    }
    static QImage headWith(const QString& label, int width) {
        ColumnHead head;
        head.resize(width, 90);
        ColumnContent column;
        column.model = "net";
        column.top = {{0, label, 0.5, true}};
        head.setContent(column);
        return head.grab().toImage();
    }

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeMode::Dark); }
    void init() {
        grid_ = std::make_unique<GridView>();
        grid_->resize(800, 500);
        grid_->show();
        QVERIFY(QTest::qWaitForWindowExposed(grid_.get()));
    }
    void cleanup() { grid_.reset(); }

    void theWheel_scrollsAGridThatDoesNotFit_andZoomsWithCtrl() {
        grid_->setContent(content(6, 2));
        QVERIFY(bar()->maximum() > 0);
        testing::turnWheel(topCell(), -1);
        QVERIFY(bar()->value() > 0);
        QCOMPARE(grid_->viewState().view(), View{});
        const int scrolled = bar()->value();
        testing::turnWheel(topCell(), 1, Qt::ControlModifier);
        QVERIFY(grid_->viewState().view().zoom > 1.0);
        QCOMPARE(bar()->value(), scrolled);
    }

    void theWheel_zoomsAGridThatFits() {
        grid_->setContent(content(1, 2));
        testing::turnWheel(topCell(), 1);
        QVERIFY(grid_->viewState().view().zoom > 1.0);
    }

    void changedCells_leaveTheGridWhereItIsScrolledTo() {
        grid_->setContent(content(6, 2));
        QTest::mouseClick(topCell(), Qt::LeftButton);
        QCOMPARE(grid_->selection(), name(0, 0));
        bar()->setValue(bar()->maximum());
        const int scrolled = bar()->value();
        grid_->setCell(done(name(3, 1), 0.5F));
        QCOMPARE(bar()->value(), scrolled);
        grid_->setContent(content(6, 2));
        grid_->select(name(0, 0));
        QCOMPARE(bar()->value(), scrolled);
        grid_->select(name(0, 1));
        QVERIFY(bar()->value() < scrolled);
    }

    void oneRow_usesTheRoomThereIs() {
        // Two upright pictures beside each other fill the height.
        const GridGeometry tall = layOutGrid({1000, 600}, 1, 2, 15, 0.5);
        QVERIFY(tall.cells[0][0].height() > 600 - tall.headHeight - 20);
        QCOMPARE(tall.top, 0);
        // Square ones of three models leave some; it is not a part of the cells, and as large above as below.
        const GridGeometry square = layOutGrid({1000, 700}, 1, 3, 15, 1.0);
        const QRect cell = square.cells[0][0];
        QVERIFY(!square.headsScroll && cell.height() >= cell.width() && cell.height() < cell.width() + 40);
        const int below = 700 - square.top - square.headHeight - cell.bottom();
        QVERIFY2(square.top > 0 && std::abs(below - square.top) < 20, qPrintable(QString("%1 %2").arg(square.top).arg(below)));
        // Eight go into lines, each under its head, rather than beyond the edge.
        const GridGeometry many = layOutGrid({1000, 600}, 1, 8, 15, 1.0);
        QVERIFY(many.headsScroll && many.body.width() <= 1000 && many.body.height() <= 600);
        for (int c = 0; c < 8; ++c) {
            QCOMPARE(many.heads[c].left(), many.cells[0][c].left());
            QCOMPARE(many.heads[c].bottom() + 1, many.cells[0][c].top());
            QVERIFY(many.cells[0][c].height() >= 128 && many.cells[0][c].width() >= 150);
            for (int d = 0; d < c; ++d) QVERIFY(!many.cells[0][c].intersects(many.cells[0][d] | many.heads[d]));
        }
        // Rows share the height as before.
        QVERIFY(layOutGrid({1000, 600}, 2, 3, 15, 1.0).cells[1][0].bottom() > 600 - many.headHeight - 20);
    }

    void columnsInLines_keepTheirHeads() {
        grid_->resize(700, 560);
        grid_->setContent(content(1, 6));
        for (int c = 0; c < 6; ++c) {
            CellWidget* cell = grid_->findChildren<CellWidget*>()[c];
            QVERIFY(cell->isVisible() && grid_->rect().contains({cell->mapTo(grid_.get(), QPoint()), cell->size()}));
        }
        for (ColumnHead* head : grid_->findChildren<ColumnHead*>()) QVERIFY(head->isVisible());
        grid_->setContent(content(2, 3));
        for (ColumnHead* head : grid_->findChildren<ColumnHead*>()) QVERIFY(head->isVisible() && head->y() == 0);
    }

    void anotherPicture_takesProbeAndCrosshairAlong() {
        grid_->setContent(content(1, 2));
        QSignalSpy probes(grid_.get(), &GridView::probed);
        QTest::mouseMove(topCell(), topCell()->rect().center());
        QVERIFY(!probes.isEmpty() && probes.last().first().value<ProbeInfo>().inside);
        QVERIFY(grid_->viewState().cursor());
        grid_->setContent(content(1, 2, Qt::darkRed));
        QVERIFY(!probes.last().first().value<ProbeInfo>().inside);
        QVERIFY(!grid_->viewState().cursor());
    }

    void termsOfACell_areExplainedWhereTheyStand() {
        grid_->setContent(content(1, 1));
        CellWidget* cell = topCell();
        const QPoint onFigure(12, cell->height() - 12);
        QHelpEvent ask(QEvent::ToolTip, onFigure, cell->mapToGlobal(onFigure));
        QCoreApplication::sendEvent(cell, &ask);
        QVERIFY2(cell->toolTip().contains("add up"), qPrintable(cell->toolTip()));
        const QPoint onMap = cell->rect().center();
        QHelpEvent askMap(QEvent::ToolTip, onMap, cell->mapToGlobal(onMap));
        QCoreApplication::sendEvent(cell, &askMap);
        QVERIFY(cell->toolTip().isEmpty());
    }

    void longClassNames_canBeToldApartInNarrowColumns() {
        QVERIFY(headWith("American Staffordshire terrier", 146) != headWith("American Staffordshire bull dog", 146));
    }

    void theEmptyPage_offersModelsAndASample() {
        grid_->setContent({});
        grid_->setOffers({{{"lite0", "Lite 0", ""}, {"lite1", "Lite 1", ""}}, true});
        QCoreApplication::processEvents();  // in which a layout shows its new buttons
        QSignalSpy models(grid_.get(), &GridView::modelRequested);
        QSignalSpy samples(grid_.get(), &GridView::sampleRequested);
        QSignalSpy images(grid_.get(), &GridView::openImagesRequested);
        for (QPushButton* button : grid_->findChildren<QPushButton*>())
            if (button->isVisible()) QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(models.size(), 2);
        QCOMPARE(models[1].first().toString(), QString("lite1"));
        QCOMPARE(samples.size(), 1);
        QCOMPARE(images.size(), 1);
    }
};

QTEST_MAIN(TestTallGrid)
#include "test_tall_grid.moc"
