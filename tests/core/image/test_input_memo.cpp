#include "core/image/input_memo.h"

#include <QtTest>

using namespace discern;

class TestInputMemo : public QObject {
    Q_OBJECT

    int prepared_ = 0;

    static Picture picture(const std::string& digest) {
        Picture result;
        result.sha256 = digest;
        return result;
    }
    static InputSpec spec(int side) {
        InputSpec result;
        result.height = result.width = side;
        return result;
    }
    /// An input of 4 x side x side bytes.
    InputImage ask(InputMemo& memo, const std::string& digest, int side = 8) {
        return memo.get(picture(digest), spec(side), [&] {
            ++prepared_;
            return InputImage{cv::Mat(side, side, CV_32FC1, cv::Scalar(prepared_)), {}};
        });
    }

private Q_SLOTS:
    void init() { prepared_ = 0; }

    void aPictureIsPreparedOnceForASpecification() {
        InputMemo memo(1 << 20);
        const InputImage first = ask(memo, "a");
        QCOMPARE(ask(memo, "a").pixels.data, first.pixels.data);
        QCOMPARE(prepared_, 1);
        static_cast<void>(ask(memo, "a", 9));
        static_cast<void>(ask(memo, "b"));
        QCOMPARE(prepared_, 3);
    }

    void anyFieldOfTheSpecification_makesAnotherInput() {
        InputMemo memo(1 << 20);
        InputSpec other = spec(8);
        other.crop = 0.875;
        static_cast<void>(ask(memo, "a"));
        static_cast<void>(memo.get(picture("a"), other, [&] {
            ++prepared_;
            return InputImage{cv::Mat(8, 8, CV_32FC1), {}};
        }));
        QCOMPARE(prepared_, 2);
    }

    void picturesWithoutADigest_areNotRemembered() {
        InputMemo memo(1 << 20);
        static_cast<void>(ask(memo, ""));
        static_cast<void>(ask(memo, ""));
        QCOMPARE(prepared_, 2);
    }

    void memoryIsBounded_theOldestGoesFirst() {
        InputMemo memo(3 * 4 * 8 * 8);
        for (const char* digest : {"a", "b", "c", "a", "d"}) static_cast<void>(ask(memo, digest));
        QCOMPARE(prepared_, 4);
        static_cast<void>(ask(memo, "a"));
        QCOMPARE(prepared_, 4);
        static_cast<void>(ask(memo, "b"));
        QCOMPARE(prepared_, 5);
    }

    void whatIsTooLarge_isNotKept() {
        InputMemo memo(100);
        QCOMPARE(ask(memo, "a").pixels.rows, 8);
        QCOMPARE(ask(memo, "a").pixels.rows, 8);
        QCOMPARE(prepared_, 2);
    }

    void aFailure_isNotRemembered() {
        InputMemo memo(1 << 20);
        QVERIFY_EXCEPTION_THROWN(
            static_cast<void>(memo.get(picture("a"), spec(8), []() -> InputImage { throw std::runtime_error("no"); })),
            std::runtime_error);
        QCOMPARE(ask(memo, "a").pixels.rows, 8);
    }
};

QTEST_GUILESS_MAIN(TestInputMemo)
#include "test_input_memo.moc"
