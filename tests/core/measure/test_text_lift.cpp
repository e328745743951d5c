#include <QtTest>
#include <opencv2/imgproc.hpp>

#include "core/explain/problem.h"
#include "core/measure/trust_support.h"

using namespace discern;
using namespace discern::testing;

namespace {

constexpr int kSide = 96;

/// An even picture, with a label in its lower left where it is wanted.
std::shared_ptr<const Picture> labelled(const std::string& text, int side = kSide) {
    cv::Mat pixels(side, side, CV_8UC3, cv::Scalar::all(60));
    const double scale = cv::getFontScaleFromHeight(cv::FONT_HERSHEY_SIMPLEX, side / 10, 1);
    cv::putText(pixels, text, {side / 12, side - side / 8}, cv::FONT_HERSHEY_SIMPLEX, scale, cv::Scalar::all(255), std::max(1, side / 128), cv::LINE_AA);
    return std::make_shared<const Picture>(pictureFromPixels(pixels, "labelled"));
}

Measurement lift(const cv::Mat& map, const std::shared_ptr<const Picture>& picture) {
    Progress progress;
    return measure(findTrustMetric("text_lift"),
                   {.map = map, .problem = question(meanOver(upperHalf(kSide, kSide)), 0, {kSide, kSide}), .picture = picture}, {}, 0, progress);
}

/// One in the rows from `from` on, zero above.
cv::Mat rowsFrom(int from) {
    cv::Mat map = cv::Mat::zeros(kSide, kSide, CV_32FC1);
    map.rowRange(from, kSide) = 1.0F;
    return map;
}

}  // namespace

/// Attribution on burned-in text, on maps whose figures are known.
class TestTextLift : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void evenAttributionIsChance() { QVERIFY(near(lift(cv::Mat(kSide, kSide, CV_32FC1, cv::Scalar(0.5)), labelled("REF 12")).value, 1.0)); }

    void attributionInTheRowsOfTheText() {
        const Measurement in = lift(rowsFrom(kSide * 2 / 3), labelled("REF 12"));
        QVERIFY2(near(in.value, 3.0), qPrintable(QString::number(in.value)));
        QVERIFY(in.facts.at("region_share") > 0.02 && in.facts.at("region_share") < 0.1);
        QVERIFY(near(lift(1.0 - rowsFrom(kSide * 2 / 3), labelled("REF 12")).value, 0.0));
    }

    void picturesInTurn_keepTheirOwnText() {
        const auto with = labelled("REF 12");
        const cv::Mat map = rowsFrom(kSide * 2 / 3);
        for (int i = 0; i < 2; ++i) {
            QVERIFY(near(lift(map, with).value, 3.0));
            QVERIFY(!lift(map, labelled("")).defined());
        }
    }

    /// The model's input is cut out of the middle of a larger picture.
    void textThatIsCutAwayDoesNotCount() {
        const Measurement none = lift(rowsFrom(10), labelled("REF 12", 8 * kSide));
        QVERIFY2(none.undefined.starts_with("No burned-in text"), none.undefined.c_str());
    }

    void withoutTextThereIsNone() {
        const Measurement none = lift(rowsFrom(10), labelled(""));
        QVERIFY(std::isnan(none.value));
        QVERIFY2(none.undefined.starts_with("No burned-in text"), none.undefined.c_str());
        QVERIFY(!lift(rowsFrom(10), nullptr).defined());
    }
};

QTEST_GUILESS_MAIN(TestTextLift)
#include "test_text_lift.moc"
