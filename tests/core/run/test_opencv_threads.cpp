#include "core/run/opencv_threads.h"

#include <QtTest>
#include <opencv2/core/utility.hpp>
#include <opencv2/imgproc.hpp>

#include "core/run/compute.h"

using namespace discern;

class TestOpencvThreads : public QObject {
    Q_OBJECT

    /// How many pieces OpenCV ran beside each other at most.
    static int together() {
        std::atomic<int> running = 0;
        std::atomic<int> most = 0;
        cv::parallel_for_(cv::Range(0, 16), [&](const cv::Range&) {
            const int now = ++running;
            for (int seen = most; seen < now && !most.compare_exchange_weak(seen, now);) continue;
            QThread::msleep(2);
            --running;
        });
        return most;
    }

private Q_SLOTS:
    void initTestCase() { prepareProcess(); }

    void openCv_takesTheThreadsOfTheCaller() {
        setThreads(1);
        QCOMPARE(cv::getNumThreads(), 1);
        QCOMPARE(together(), 1);
        setThreads(2);
        QCOMPARE(cv::getNumThreads(), 2);
        QVERIFY(together() <= 2);
    }

    void openCv_seesTheWholeRangeOnce() {
        setThreads(3);
        std::vector<std::atomic<int>> seen(1000);
        cv::parallel_for_(cv::Range(0, 1000), [&](const cv::Range& part) {
            for (int i = part.start; i < part.end; ++i) ++seen[static_cast<std::size_t>(i)];
        });
        QVERIFY(std::ranges::all_of(seen, [](const std::atomic<int>& count) { return count == 1; }));
    }

    void openCv_computesTheSame() {
        cv::Mat picture(300, 400, CV_32FC3);
        cv::randu(picture, 0.0, 255.0);
        cv::Mat one;
        cv::Mat many;
        setThreads(1);
        cv::GaussianBlur(picture, one, {0, 0}, 5.0);
        setThreads(4);
        cv::GaussianBlur(picture, many, {0, 0}, 5.0);
        QCOMPARE(cv::norm(one, many, cv::NORM_INF), 0.0);
    }
};

QTEST_GUILESS_MAIN(TestOpencvThreads)
#include "test_opencv_threads.moc"
