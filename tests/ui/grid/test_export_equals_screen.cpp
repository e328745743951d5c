#include <QProcess>
#include <QtTest>

#include "ui/grid/cell_widget.h"
#include "ui/grid/grid_view.h"
#include "ui/grid/view_state.h"
#include "ui/render/cell_range.h"
#include "ui/render/export.h"
#include "ui/style/apply_theme.h"

using namespace discern;

namespace {

enum class Kind { Signed, Unsigned, Segments, Difference };

std::shared_ptr<const Attribution> map(Kind kind, float strength) {
    auto attribution = std::make_shared<Attribution>();
    attribution->map.create(30, 40, CV_32FC1);
    attribution->segments.create(30, 40, CV_32SC1);
    for (int y = 0; y < 30; ++y) {
        for (int x = 0; x < 40; ++x) {
            const int segment = x / 10 + 4 * (y / 10);
            const auto value = kind == Kind::Segments ? static_cast<float>(segment) : static_cast<float>(x + y) / 10.0F;
            attribution->segments.at<int>(y, x) = segment;
            attribution->map.at<float>(y, x) = strength * (kind == Kind::Unsigned ? value : value - 3.0F);
        }
    }
    if (kind != Kind::Segments) attribution->segments.release();
    attribution->isSigned = kind != Kind::Unsigned;
    attribution->unit = kind == Kind::Difference ? "scaled difference" : "Δ logit";
    attribution->summary = "Σ 7.31";
    attribution->certainty = "± 0.04";
    return attribution;
}

QImage photograph(const QSize& size) {
    QImage image(size, QImage::Format_RGB888);
    for (int y = 0; y < size.height(); ++y)
        for (int x = 0; x < size.width(); ++x) image.setPixelColor(x, y, QColor((7 * x) % 256, (5 * y) % 256, (x * y) % 256));
    return image;
}

/// Two models and what one has more than the other, on a photograph of which they see a part.
GridContent contentOf(Kind kind, const QSize& size) {
    GridContent content;
    content.picture = photograph(size);
    content.rows.append({"saliency", "Saliency", "", false});
    content.cells.resize(1);
    for (int i = 0; i < 2; ++i) {
        ColumnContent column;
        column.model = QStringLiteral("net %1").arg(i);
        column.seen = QRectF(size.width() / 8.0, 3, size.width() / 1.5, size.height() - 9);
        if (i == 1 && kind == Kind::Difference) column.minusMarker = 0;
        content.columns.append(column);
        CellContent cell;
        cell.name = {{1, i + 1, "saliency"}, {}};
        cell.status = CellStatus::Done;
        cell.attribution = map(i == 0 && kind == Kind::Difference ? Kind::Signed : kind, i == 0 ? 1.0F : 0.7F);
        content.cells[0].append(cell);
    }
    return content;
}

}  // namespace

Q_DECLARE_METATYPE(Kind)

/// Run by main() at device pixel ratio 1 and 2.
class TestExportEqualsScreen : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeMode::Dark); }

    void pixelsOfACell_areThoseOfItsExport_data() {
        QTest::addColumn<Kind>("kind");
        QTest::addColumn<OverlayView>("view");
        QTest::addColumn<RangePolicy>("range");
        QTest::newRow("signed") << Kind::Signed << OverlayView::Heatmap << RangePolicy::SharedInRow;
        QTest::newRow("unsigned") << Kind::Unsigned << OverlayView::Heatmap << RangePolicy::SharedInRow;
        QTest::newRow("segments") << Kind::Segments << OverlayView::Segments << RangePolicy::SharedInRow;
        QTest::newRow("difference") << Kind::Difference << OverlayView::Heatmap << RangePolicy::SharedInRow;
        QTest::newRow("own range") << Kind::Signed << OverlayView::AlphaByMagnitude << RangePolicy::PerMap;
        QTest::newRow("contour") << Kind::Unsigned << OverlayView::Contour << RangePolicy::SharedByAll;
        QTest::newRow("mask") << Kind::Segments << OverlayView::Mask << RangePolicy::SharedInRow;
    }
    void pixelsOfACell_areThoseOfItsExport() {
        QFETCH(Kind, kind);
        QFETCH(OverlayView, view);
        QFETCH(RangePolicy, range);
        const double ratio = qApp->devicePixelRatio();
        const QSize shown(480, 360);
        const GridContent content = contentOf(kind, shown * ratio);
        DisplaySettings settings;
        settings.view = view;
        settings.range = range;
        const auto ranges = rangesOfCells(content, settings);
        const auto bars = colorBarsOfRow(content, settings, ranges, 0);

        ViewState state;
        CellTools tools = makeCellTools();
        CellWidget widget(state, tools);
        widget.resize(shown);
        widget.setPicture(std::make_shared<const PictureLevels>(content.picture), content.columns[1].seen, {});
        widget.setCell(content.cells[0][1], settings, ranges[0][1]);
        widget.setOwnBar(bars[1]);
        const QImage screen = widget.grab().toImage().convertToFormat(QImage::Format_RGB32);

        const QImage written = exportOverlay(content.picture, content.columns[1].seen, content.cells[0][1], settings,
                                             ranges[0][1], bars[1], {}, ratio);
        const QImage picture = written.copy(QRect(QPoint(), shown * ratio));
        QCOMPARE(screen.size(), shown * ratio);
        QCOMPARE(picture.devicePixelRatio(), screen.devicePixelRatio());
        QVERIFY(picture == screen);
        QVERIFY2(written.height() > picture.height(), "its legend stands below");
    }

    void marksOfTheScreen_areNotExported() {
        GridContent content = contentOf(Kind::Signed, {480, 360});
        GridView grid;
        grid.resize(900, 600);
        grid.setContent(content);
        grid.select(content.cells[0][0].name);
        grid.viewState().setCursor(QPointF(100, 100));
        CellWidget* cell = grid.findChildren<CellWidget*>().first();
        const QImage marked = cell->grab().toImage();
        grid.select(content.cells[0][1].name);
        grid.viewState().setCursor(std::nullopt);
        QVERIFY2(cell->grab().toImage() != marked, "the screen shows them");
    }
};

int main(int argc, char** argv) {
    const char* scale = "QT_SCALE_FACTOR";
    int failed = 0;
    if (!qEnvironmentVariableIsSet(scale)) {
        qputenv(scale, "2");
        failed = QProcess::execute(QString::fromLocal8Bit(argv[0]));
        qunsetenv(scale);
    }
    QApplication application(argc, argv);
    TestExportEqualsScreen test;
    return failed + QTest::qExec(&test, argc, argv);
}
#include "test_export_equals_screen.moc"
