#include "core/record/attribution_bytes.h"

#include <QtTest>
#include <cstring>
#include <limits>

using namespace discern;

namespace {

/// One with everything that an attribution can have.
Attribution full() {
    Attribution of;
    of.raw = {{3, 2, 2}, std::vector<float>(12)};
    for (std::size_t i = 0; i < of.raw.data.size(); ++i) of.raw.data[i] = 0.1f * static_cast<float>(i) - 0.3f;
    of.map = cv::Mat(4, 5, CV_32FC1);
    for (int i = 0; i < 20; ++i) of.map.at<float>(i / 5, i % 5) = 1.0f / static_cast<float>(i + 3);
    of.map.at<float>(1, 1) = std::numeric_limits<float>::quiet_NaN();
    of.isSigned = true;
    of.unit = "Δ logit";
    of.segments = cv::Mat(4, 5, CV_32SC1, cv::Scalar(7));
    of.standardError = cv::Mat(4, 5, CV_32FC1, cv::Scalar(0.25));
    of.target = {3, 1, ScoreKind::Probability};
    of.evaluations = 12'345'678'901;
    of.seconds = 0.1;
    of.threads = 2;
    of.summary = "R² 0.71";
    of.certainty = "± 0.04";
    of.onlyRounding = true;
    of.facts = {{"r2", 0.1 + 0.2}, {"undefined", std::numeric_limits<double>::quiet_NaN()}};
    return of;
}

bool sameBits(const cv::Mat& a, const cv::Mat& b) {
    return a.size() == b.size() && a.type() == b.type() && std::memcmp(a.data, b.data, a.total() * a.elemSize()) == 0;
}

}  // namespace

class TestAttributionBytes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everythingComesBack_toTheBit() {
        const Attribution before = full();
        const auto after = attributionOf(toBytes(before));
        QVERIFY(after);
        QCOMPARE(after->raw.shape, before.raw.shape);
        QCOMPARE(after->raw.data, before.raw.data);
        QVERIFY(sameBits(after->map, before.map));
        QVERIFY(sameBits(after->segments, before.segments));
        QVERIFY(sameBits(after->standardError, before.standardError));
        QCOMPARE(after->isSigned, before.isSigned);
        QCOMPARE(after->unit, before.unit);
        QVERIFY(after->target == before.target);
        QCOMPARE(after->evaluations, before.evaluations);
        QCOMPARE(after->seconds, before.seconds);
        QCOMPARE(after->threads, before.threads);
        QCOMPARE(after->summary, before.summary);
        QCOMPARE(after->certainty, before.certainty);
        QCOMPARE(after->onlyRounding, before.onlyRounding);
        QCOMPARE(after->facts.size(), before.facts.size());
        QVERIFY(after->facts.at("r2") == before.facts.at("r2") && std::isnan(after->facts.at("undefined")));
    }

    void whatAMethodLacks_isLackingStill() {
        Attribution before;
        before.map = cv::Mat(2, 2, CV_32FC1, cv::Scalar(1));
        const auto after = attributionOf(toBytes(before));
        QVERIFY(after && after->segments.empty() && after->standardError.empty() && after->raw.empty());
        QVERIFY(!after->target.score);
    }

    void partOfALargerMap_isKeptAlone() {
        Attribution before;
        const cv::Mat large(9, 9, CV_32FC1, cv::Scalar(3));
        before.map = large(cv::Rect(2, 1, 4, 5));
        const auto after = attributionOf(toBytes(before));
        QVERIFY(after && after->map.size() == cv::Size(4, 5) && after->map.at<float>(4, 3) == 3.0f);
    }

    void whatIsDamaged_isNoMap() {
        const std::string whole = toBytes(full());
        QVERIFY(!attributionOf(""));
        QVERIFY(!attributionOf("words"));
        for (std::size_t length = 0; length < whole.size(); length += 7) QVERIFY(!attributionOf(std::string_view(whole).substr(0, length)));
        Attribution unlike = full();
        unlike.segments = cv::Mat(3, 5, CV_32SC1, cv::Scalar(0));
        QVERIFY2(!attributionOf(toBytes(unlike)), "segments of another size than the map");
        unlike = full();
        unlike.raw.shape = {3, 2, 3};
        QVERIFY2(!attributionOf(toBytes(unlike)), "an array of another size than it says");
        unlike = full();
        unlike.map = cv::Mat();
        QVERIFY2(!attributionOf(toBytes(unlike)), "no map at all");
    }
};

QTEST_GUILESS_MAIN(TestAttributionBytes)
#include "test_attribution_bytes.moc"
