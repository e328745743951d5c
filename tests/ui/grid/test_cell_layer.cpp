#include "ui/render/cell_layer.h"

#include <QPainter>
#include <QtTest>

#include "ui/style/apply_theme.h"
#include "ui/theme/theme.h"

using namespace discern;

namespace {

const QColor kPhoto(40, 80, 120);
const QColor kMap(200, 10, 10);

QImage filled(const QSize& size, const QColor& color) {
    QImage image(size, QImage::Format_ARGB32_Premultiplied);
    image.fill(color);
    return image;
}

/// A cell of 100 x 100 that shows a picture of which the model sees the right half.
struct Cell {
    PictureLevels picture{filled({100, 100}, kPhoto)};
    CellContent content;
    CellWords words;
    DisplaySettings display;
    Overlay overlay;
    Overlay other;

    Cell() {
        content.status = CellStatus::Done;
        auto attribution = std::make_shared<Attribution>();
        attribution->map = cv::Mat(2, 2, CV_32FC1, cv::Scalar(1.0));
        content.attribution = attribution;
        words.showsMap = true;
        display.opacity = 1.0;
        overlay.image = filled({2, 2}, kMap);
        other.image = filled({2, 2}, Qt::green);
    }
    [[nodiscard]] CellScene scene() const {
        return {.area = {0, 0, 100, 100}, .pictureRect = {0, 0, 100, 100}, .seenRect = {50, 0, 50, 100}, .picture = picture,
                .content = content, .words = words, .display = display, .overlay = overlay, .cursor = {}, .swipe = {}, .middle = {}};
    }
};

QImage painted(const CellScene& scene, bool screen = false) {
    QImage image(100, 100, QImage::Format_RGB32);
    image.fill(Qt::black);
    QPainter painter(&image);
    for (const auto& layer : cellLayers())
        if (screen || !layer->ofTheScreen()) layer->paint(painter, scene);
    return image;
}

}  // namespace

class TestCellLayer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeMode::Dark); }

    void theMap_liesWhereTheModelSees_theRestIsDimmed() {
        const Cell cell;
        const QImage image = painted(cell.scene());
        QCOMPARE(image.pixelColor(75, 50), kMap);
        QVERIFY(image.pixelColor(25, 50).blue() < kPhoto.blue());
    }

    void hiddenOverlay_leavesThePhotograph() {
        const Cell cell;
        CellScene scene = cell.scene();
        scene.overlayHidden = true;
        QCOMPARE(painted(scene).pixelColor(75, 50), kPhoto);
    }

    void failedCell_showsNeither() {
        Cell cell;
        cell.content.status = CellStatus::Failed;
        QCOMPARE(painted(cell.scene()).pixelColor(75, 50), QColor(Qt::black));
    }

    void swipe_partsTwoMaps() {
        const Cell cell;
        CellScene scene = cell.scene();
        scene.swipe = CellSwipe{70.0, &cell.other, {0, 0, 100, 100}};
        const QImage image = painted(scene);
        QCOMPARE(image.pixelColor(60, 50), kMap);
        QCOMPARE(image.pixelColor(80, 50), QColor(Qt::green));
        QCOMPARE(image.pixelColor(70, 50), currentColours().imageText);
    }

    /// Where the tool tip of one of the pills is told.
    static QRect placeOf(const QString& tip, const CellScene& scene) {
        QRect place;
        constexpr int kStep = 3;
        for (int y = 0; y < scene.area.height(); y += kStep)
            for (int x = 0; x < scene.area.width(); x += kStep)
                for (const auto& layer : cellLayers())
                    if (layer->tipAt(QPointF(x, y), scene) == tip) place |= QRect(x, y, kStep, kStep);
        return place;
    }

    void tests_leaveMostOfThePictureInSight() {
        Cell cell;
        cell.content.trust = {{"in region 3 %", true, "of the region", true}, {"✓ moves", false, "first test"}, {"✗ weights", true, "second test"}};
        CellScene scene = cell.scene();
        scene.area = {0, 0, 300, 200};
        const QRect region = placeOf("of the region", scene);
        const QRect first = placeOf("first test", scene);
        const QRect second = placeOf("second test", scene);
        QVERIFY(region.isValid() && first.isValid() && second.isValid());
        QVERIFY2(region.left() < 10 && region.bottom() > 185, "the region's share is told in the lower left corner");
        QVERIFY2(first.right() > 290 && first.top() < 15, "tests are told in the upper right one");
        QVERIFY(second.right() > 290 && second.top() > first.center().y());
        // Where there is no room for both figures, the first is whole.
        cell.content.trust[0].text = "in region 3 % · 1.57 × chance, and more than would ever fit into a cell";
        const QRect shortened = placeOf("of the region", scene);
        QVERIFY2(std::abs(shortened.width() - region.width()) < 6, qPrintable(QString::number(shortened.width())));
        // Figure and certainty keep their corners; the others make room.
        cell.words.figure = "Σ 1";
        cell.words.certainty = "± 0.1";
        QVERIFY(placeOf("of the region", scene).bottom() < region.center().y());
        QVERIFY(placeOf("first test", scene).top() > first.center().y());
    }

    void marksOfTheScreen_areInNoCopy() {
        Cell cell;
        cell.content.status = CellStatus::Running;
        cell.content.fraction = 0.5;
        CellScene scene = cell.scene();
        scene.selected = true;
        scene.cursor = QPointF(75, 50);
        const QImage copy = painted(scene, false);
        const QImage screen = painted(scene, true);
        QCOMPARE(copy.pixelColor(75, 55), kMap);
        QVERIFY2(screen.pixelColor(75, 55) != kMap, "the pointer's cross");
        QCOMPARE(screen.pixelColor(50, 1), currentColours().focus);
        QVERIFY(copy.pixelColor(99, 50) != screen.pixelColor(99, 50));
    }
};

QTEST_MAIN(TestCellLayer)
#include "test_cell_layer.moc"
