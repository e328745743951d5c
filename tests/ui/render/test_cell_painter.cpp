#include "ui/render/cell_painter.h"

#include <QPainter>
#include <QtTest>

#include "ui/render/cell_range.h"

using namespace discern;

namespace {

GridContent twoMaps(float weak) {
    GridContent content;
    content.picture = QImage(40, 40, QImage::Format_RGB888);
    content.picture.fill(QColor(40, 80, 120));
    content.columns.resize(2);
    content.rows.append({"saliency", "Saliency", "", false});
    content.cells.append(QVector<CellContent>());
    for (const float value : {1.0F, weak}) {
        auto map = std::make_shared<Attribution>();
        map->map = cv::Mat(40, 40, CV_32FC1, cv::Scalar(0.0F));
        map->map(cv::Rect(10, 10, 20, 20)).setTo(value);
        map->unit = "Δ logit";
        CellContent cell;
        cell.status = CellStatus::Done;
        cell.attribution = map;
        content.cells[0].append(cell);
    }
    return content;
}

CellWords wordsOfSecond(const GridContent& content, const DisplaySettings& settings) {
    return wordsFor(content.cells[0][1], settings, rangesOfCells(content, settings)[0][1]);
}

}  // namespace

class TestCellPainter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void mapTooFaintForASharedRange_saysSoWithItsMaximum() {
        DisplaySettings settings;
        const CellWords faint = wordsOfSecond(twoMaps(0.004F), settings);
        QVERIFY(faint.showsMap && faint.warning);
        QCOMPARE(spoken(faint), QString("Too faint at this range; own maximum 0.004 Δ logit"));
        QVERIFY(wordsOfSecond(twoMaps(0.5F), settings).headline.isEmpty());
        settings.range = RangePolicy::PerMap;
        QVERIFY2(wordsOfSecond(twoMaps(0.004F), settings).headline.isEmpty(), "it is the strongest of its own range");
    }

    void faintness_isJudgedByTheThreshold() {
        DisplaySettings settings;
        settings.threshold = 0.6;
        QCOMPARE(wordsOfSecond(twoMaps(0.5F), settings).headline, QString("Too faint at this range"));
        settings.view = OverlayView::Contour;
        QVERIFY2(wordsOfSecond(twoMaps(0.5F), settings).headline.isEmpty(), "the line around half of it is shown");
    }

    void caution_standsBeforeTheCertainty() {
        GridContent content = twoMaps(0.5F);
        content.cells[0][1].caution = "different classes";
        QCOMPARE(wordsOfSecond(content, {}).certainty, QString("different classes"));
        QVERIFY(wordsOfSecond(content, {}).warning);
    }

    void swipe_namesWhoseMapEitherHalfIs() {
        const GridContent content = twoMaps(0.5F);
        const PictureLevels picture(content.picture);
        CellWords words;
        words.showsMap = true;
        Overlay overlay;
        const auto painted = [&](const QString& whose, const QString& other) {
            QImage image(400, 200, QImage::Format_RGB32);
            CellScene scene{.area = QRectF(0, 0, 400, 200), .pictureRect = QRectF(0, 0, 400, 200), .seenRect = QRectF(0, 0, 400, 200),
                            .picture = picture, .content = content.cells[0][0], .words = words, .display = {}, .overlay = overlay,
                            .cursor = {}, .swipe = CellSwipe{200.0, &overlay, QRectF(0, 0, 400, 200), whose, other}, .middle = {}};
            QPainter painter(&image);
            paintCell(painter, scene, CellMarks::None);
            return image;
        };
        const QImage bare = painted({}, {});
        const QImage left = painted("net-a: cat", {});
        const QImage right = painted({}, "net-b: dog");
        const QRect half(0, 0, 195, 200);
        const QRect rest(205, 0, 195, 200);
        QVERIFY(left.copy(half) != bare.copy(half) && left.copy(rest) == bare.copy(rest));
        QVERIFY(right.copy(rest) != bare.copy(rest) && right.copy(half) == bare.copy(half));
    }

    void lettersGrowWithLargeCells() {
        QCOMPARE(cellScale({400, 300}), 1.0);
        QCOMPARE(cellScale({4000, 3200}), 5.0);
    }

    void stillCell_paintsNothingBesideItsPlace() {
        const GridContent content = twoMaps(0.5F);
        const PictureLevels picture(content.picture);
        QImage image(300, 300, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        StillCell(picture, {}, content.cells[0][0], {}, {0.0, 1.0}, {}).paint(painter, {100, 100, 100, 100});
        painter.end();
        for (const QPoint& point : {QPoint(99, 150), QPoint(200, 150), QPoint(150, 99), QPoint(150, 200)})
            QCOMPARE(image.pixelColor(point), QColor(Qt::white));
        QVERIFY(image.pixelColor(100, 100) != QColor(Qt::white) && image.pixelColor(199, 199) != QColor(Qt::white));
    }
};

QTEST_MAIN(TestCellPainter)
#include "test_cell_painter.moc"
