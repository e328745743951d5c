#include "ui/render/overlay.h"

#include <QtTest>
#include <array>
#include <cmath>
#include <limits>

#include "ui/render/cell_range.h"
#include "ui/render/cell_words.h"
#include "ui/render/color_bar.h"

using namespace discern;

namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

Attribution signedMap() {
    Attribution attribution;
    attribution.map = cv::Mat(40, 40, CV_32FC1, cv::Scalar(0.0F));
    attribution.map(cv::Rect(0, 0, 10, 10)).setTo(2.0F);
    attribution.map(cv::Rect(30, 30, 10, 10)).setTo(-4.0F);
    attribution.isSigned = true;
    attribution.unit = "Δ logit";
    return attribution;
}

Attribution withError() {
    Attribution attribution = signedMap();
    attribution.standardError = cv::Mat(40, 40, CV_32FC1, cv::Scalar(0.5F));
    return attribution;
}

DisplaySettings viewed(OverlayView view) {
    DisplaySettings settings;
    settings.view = view;
    return settings;
}

ValueRange rangeOfOne(const Attribution& attribution, const DisplaySettings& settings) {
    return rangeOf(std::array{&attribution}, settings);
}

/// Mean scores between 0.5 at the left and 0.6 at the right, as RISE gives them.
Attribution meanScores() {
    Attribution attribution;
    attribution.map.create(40, 40, CV_32FC1);
    for (int x = 0; x < 40; ++x) attribution.map.col(x).setTo(0.5F + 0.1F * static_cast<float>(x) / 39.0F);
    attribution.unit = "probability";
    return attribution;
}

CellContent done(const Attribution& attribution) {
    CellContent cell;
    cell.status = CellStatus::Done;
    cell.attribution = std::make_shared<const Attribution>(attribution);
    return cell;
}

}  // namespace

class TestOverlay : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void signedMap_isCentredOnZero() {
        const Attribution attribution = signedMap();
        const DisplaySettings settings;
        const ValueRange range = rangeOfOne(attribution, settings);
        QCOMPARE(range.low, -4.0);
        QCOMPARE(range.high, 4.0);
        QCOMPARE(colorPosition(0.0, range, true), 0.5);
        const Overlay overlay = renderOverlay(attribution, settings, range, {40, 40});
        const QColor raised(overlay.image.pixel(5, 5));
        const QColor lowered(overlay.image.pixel(35, 35));
        QVERIFY(raised.red() > raised.blue());
        QVERIFY(lowered.blue() > lowered.red());
    }

    void standardError_isShownInOneSignWithItsUnit() {
        const Attribution attribution = withError();
        const DisplaySettings settings = viewed(OverlayView::StandardError);
        QVERIFY(!showsSigns(attribution, settings));
        QVERIFY(!colorMapFor(attribution, settings).diverging);
        QCOMPARE(shownMap(attribution, settings).at<float>(3, 3), 0.5F);
        const ValueRange range = rangeOfOne(attribution, settings);
        QCOMPARE(range.low, 0.0);
        QCOMPARE(range.high, 0.5);
        QCOMPARE(colorBarFor(attribution, settings, range).unit, QString("standard error, Δ logit"));
    }

    void methodWithoutStandardError_saysSo() {
        const DisplaySettings settings = viewed(OverlayView::StandardError);
        QCOMPARE(mapState(signedMap(), settings), MapState::NoStandardError);
        const CellWords words = wordsFor(done(signedMap()), settings, {});
        QVERIFY(!words.showsMap);
        QCOMPARE(words.headline, QString("No standard error"));
        QVERIFY(wordsFor(done(withError()), settings, {}).showsMap);
    }

    void magnitude_losesTheSigns() {
        DisplaySettings settings;
        settings.magnitude = true;
        const Attribution attribution = signedMap();
        QVERIFY(!showsSigns(attribution, settings));
        QCOMPARE(shownMap(attribution, settings).at<float>(35, 35), 4.0F);
        QCOMPARE(rangeOfOne(attribution, settings).low, 0.0);
        QCOMPARE(colorBarFor(attribution, settings, {0, 4}).unit, QString("|Δ logit|"));
    }

    void clipping_endsTheRangeEarlierAndIsStated() {
        Attribution attribution = signedMap();
        for (int i = 0; i < 1600; ++i) attribution.map.at<float>(i / 40, i % 40) = static_cast<float>(i);
        DisplaySettings settings;
        QVERIFY(colorBarFor(attribution, settings, rangeOfOne(attribution, settings)).clipping.isEmpty());
        settings.clipPercentile = 95.0;
        const ValueRange range = rangeOfOne(attribution, settings);
        QVERIFY(std::abs(range.high - 0.95 * 1599) <= 1.0);
        QVERIFY(colorBarFor(attribution, settings, range).inWords().contains("strongest 5 % clipped"));
    }

    void outliers_areClippedWithoutBeingAsked_unlessTheyAreSegments() {
        Attribution attribution = signedMap();
        attribution.segments.release();
        attribution.map.setTo(1.0F);
        attribution.map.at<float>(3, 3) = 1.9F;
        DisplaySettings settings;
        QVERIFY(std::abs(rangeOfOne(attribution, settings).high - 1.9) < 1e-6);
        attribution.map.at<float>(3, 3) = 9.0F;
        const ValueRange clipped = rangeOfOne(attribution, settings);
        QCOMPARE(clipped.high, 1.0);
        QCOMPARE(colorBarFor(attribution, settings, clipped).clipping, QString("strongest 1 % clipped"));

        settings.clipPercentile = 100.0;
        QCOMPARE(rangeOfOne(attribution, settings).high, 9.0);
        settings.clipPercentile.reset();
        attribution.segments = cv::Mat(40, 40, CV_32SC1, cv::Scalar(0));
        QCOMPARE(rangeOfOne(attribution, settings).high, 9.0);
    }

    void contour_enclosesTheStatedShareOfTheMass() {
        Attribution attribution = signedMap();
        attribution.isSigned = false;
        attribution.map.setTo(0.0F);
        attribution.map(cv::Rect(5, 5, 20, 20)).setTo(1.0F);    // 400
        attribution.map(cv::Rect(10, 10, 10, 10)).setTo(4.0F);  // 100 of them hold 400 of 700
        attribution.segments = cv::Mat(40, 40, CV_32SC1, cv::Scalar(0));  // keeps edges where they are
        const auto boxAt = [&](double mass) {
            DisplaySettings settings = viewed(OverlayView::Contour);
            settings.contourMass = mass;
            const Overlay overlay = renderOverlay(attribution, settings, {0, 4}, {40, 40});
            QRectF box;
            for (const Outline& outline : overlay.outlines)
                for (const QPolygonF& line : outline.lines) box |= line.boundingRect();
            return QRectF(box.topLeft() * 40, box.size() * 40).toRect();
        };
        QCOMPARE(boxAt(0.5), QRect(10, 10, 10, 10));
        QCOMPARE(boxAt(0.9), QRect(5, 5, 20, 20));
    }

    void undefinedPixels_areHatchedAndDoNotSpread() {
        Attribution attribution = signedMap();
        attribution.map(cv::Rect(10, 10, 20, 20)).setTo(kNaN);
        const DisplaySettings settings;
        const Overlay overlay = renderOverlay(attribution, settings, {-4, 4}, {80, 80});
        const Overlay whole = renderOverlay(signedMap(), settings, {-4, 4}, {80, 80});
        QVERIFY(overlay.image.pixel(40, 40) != whole.image.pixel(40, 40));
        QCOMPARE(overlay.image.pixel(5, 70), whole.image.pixel(5, 70));
        QCOMPARE(overlay.image.pixel(10, 10), whole.image.pixel(10, 10));
        for (int y = 22; y < 58; ++y)
            for (int x = 22; x < 58; ++x) {
                const QColor stripe(overlay.image.pixel(x, y));
                QVERIFY2(stripe.red() == stripe.green() && stripe.green() == stripe.blue(), "stripes are grey");
            }
    }

    void valuesFarFromZero_useAllColoursFromTheirSmallest() {
        const Attribution scores = meanScores();
        for (const RangePolicy policy : {RangePolicy::PerMap, RangePolicy::SharedInRow, RangePolicy::SharedByAll}) {
            DisplaySettings settings;
            settings.range = policy;
            GridContent content;
            content.columns.resize(2);
            content.rows.resize(1);
            Attribution lower = scores;
            lower.map = cv::Mat(scores.map - 0.2F);  // not into the matrix that both share
            content.cells = {{done(scores), done(lower)}};
            const auto ranges = rangesOfCells(content, settings);
            const bool shared = policy != RangePolicy::PerMap;
            QVERIFY(std::abs(ranges[0][0].low - (shared ? 0.3 : 0.5)) < 1e-6);
            QVERIFY(std::abs(ranges[0][0].high - 0.6) < 1e-6);
            QVERIFY(std::abs(ranges[0][1].low - 0.3) < 1e-6);
            QVERIFY(std::abs(ranges[0][1].high - (shared ? 0.6 : 0.4)) < 1e-6);
        }
        const DisplaySettings settings;
        const ValueRange range = rangeOfOne(scores, settings);
        const Overlay overlay = renderOverlay(scores, settings, range, {40, 40});
        const ColorMap& colors = colorMapFor(scores, settings);
        QCOMPARE(overlay.image.pixel(0, 20), colors.at(0.0));
        QCOMPARE(overlay.image.pixel(39, 20), colors.at(1.0));
        const ColorBar bar = colorBarFor(scores, settings, range);
        QVERIFY2(bar.inWords().contains("from the smallest value"), qPrintable(bar.inWords()));
    }

    void valuesFarFromZero_areStrongByWhatTheyHaveAboveTheSmallest() {
        const Attribution scores = meanScores();
        DisplaySettings settings = viewed(OverlayView::AlphaByMagnitude);
        const ValueRange range = rangeOfOne(scores, settings);
        settings.threshold = 0.5;
        const Overlay alpha = renderOverlay(scores, settings, range, {40, 40});
        QCOMPARE(qAlpha(alpha.image.pixel(18, 20)), 0);
        QVERIFY(std::abs(qAlpha(alpha.image.pixel(30, 20)) - 255 * 30 / 39) <= 2);
        QCOMPARE(qAlpha(alpha.image.pixel(39, 20)), 255);
        settings.view = OverlayView::Heatmap;
        const Overlay heatmap = renderOverlay(scores, settings, range, {40, 40});
        QCOMPARE(qAlpha(heatmap.image.pixel(18, 20)), 0);
        QCOMPARE(qAlpha(heatmap.image.pixel(21, 20)), 255);
        settings.view = OverlayView::Mask;
        settings.topSegments = 50;  // all pixels, were it not for the threshold
        const Overlay mask = renderOverlay(scores, settings, range, {40, 40});
        QCOMPARE(qAlpha(mask.image.pixel(18, 20)), 255);
        QCOMPARE(qAlpha(mask.image.pixel(21, 20)), 0);
        settings.view = OverlayView::Contour;
        settings.contourMass = 0.75;  // of a ramp: its upper half
        const Overlay contour = renderOverlay(scores, settings, range, {40, 40});
        QRectF box;
        for (const QPolygonF& line : contour.outlines.at(0).lines) box |= line.boundingRect();
        QVERIFY2(std::abs(box.left() - 0.5) < 0.05, qPrintable(QString::number(box.left())));
    }

    void outliersFarFromZero_areClippedAtEitherEnd() {
        Attribution scores = meanScores();
        scores.map.at<float>(3, 3) = 0.2F;
        scores.map.at<float>(3, 4) = 0.95F;
        const DisplaySettings settings;
        const ValueRange range = rangeOfOne(scores, settings);
        QVERIFY(std::abs(range.low - 0.5) < 0.01);
        QVERIFY(std::abs(range.high - 0.6) < 0.01);
        const QString words = colorBarFor(scores, settings, range).inWords();
        QVERIFY2(words.contains("highest 1 % clipped, lowest 1 % clipped"), qPrintable(words));
    }

    void valuesNearZeroOrEven_areDrawnFromZero() {
        Attribution scores = meanScores();
        scores.map = (scores.map - 0.5F) * 10.0F + 0.1F;  // 0.1 .. 1.1
        QCOMPARE(rangeOfOne(scores, {}).low, 0.0);
        scores.map.setTo(0.5F);
        QCOMPARE(rangeOfOne(scores, {}), (ValueRange{0.0, 0.5}));
        scores.map.at<float>(7, 7) = std::nextafter(0.5F, 1.0F);  // rounding is no evidence
        QCOMPARE(rangeOfOne(scores, {}).low, 0.0);
    }

    void differenceColumn_carriesItsOwnBar() {
        GridContent content;
        content.columns.resize(3);
        content.columns[2].minusMarker = 1;
        content.rows.resize(1);
        Attribution difference = signedMap();
        difference.unit = "scaled difference";
        content.cells = {{done(signedMap()), done(signedMap()), done(difference)}};
        DisplaySettings settings;
        const auto bars = colorBarsOfRow(content, settings, rangesOfCells(content, settings), 0);
        QVERIFY(!bars[0] && !bars[1]);
        QCOMPARE(bars[2]->unit, QString("scaled difference"));
        QCOMPARE(bars.last()->unit, QString("Δ logit"));
        settings.range = RangePolicy::PerMap;
        const auto own = colorBarsOfRow(content, settings, rangesOfCells(content, settings), 0);
        QVERIFY(own[0] && own[1] && own[2] && !own.last());
    }
};

QTEST_MAIN(TestOverlay)
#include "test_overlay.moc"
