#include <ATen/ATen.h>
#include <torch/csrc/jit/api/module.h>

#include <QtTest>
#include <new>
#include <opencv2/imgproc.hpp>

#include "core/network/torch_errors.h"
#include "sentences.h"

using namespace discern;
using discern::testing::isPlainSentence;

namespace {

/// What a person is told of work that fails.
template <typename Work>
Error toldOf(const Work& work) {
    try {
        translated(ErrorKind::Model, "net.pt cannot be asked", work);
    } catch (const Error& error) {
        return error;
    }
    return {ErrorKind::Usage, "nothing was thrown"};
}

bool oneSentence(const Error& error) {
    return isPlainSentence(error.what()) && QString(error.what()).startsWith("net.pt cannot be asked: ");
}

torch::jit::Module module(const std::string& forward) {
    torch::jit::Module result("m");
    result.define(forward + "\n");
    return result;
}

}  // namespace

class TestTorchErrors : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void failedOperator_isToldInOneSentence() {
        const Error error = toldOf([] { (void)at::mm(at::ones({2, 3}), at::ones({2, 3})); });
        QVERIFY2(oneSentence(error), error.what());
        QVERIFY2(QString(error.what()).contains("shapes"), error.what());
        QCOMPARE(error.kind(), ErrorKind::Model);
    }

    void failedOperatorInAScript_isToldWithoutTheTraceback() {
        const Error error = toldOf([] {
            (void)module("def forward(self, x):\n    return x.view([7, 7])").forward({at::ones({2, 3})});
        });
        QVERIFY2(oneSentence(error), error.what());
        QVERIFY2(QString(error.what()).contains("7"), error.what());
    }

    void checkOfLibTorchItself_isToldWithoutAskingForABugReport() {
        const Error error = toldOf([] { (void)c10::IValue(7).toTensor(); });
        QVERIFY2(oneSentence(error), error.what());
        QVERIFY2(!QString(error.what()).contains("ASSERT") && !QString(error.what()).contains("report"), error.what());
        QVERIFY2(QString(error.what()).contains("Int"), error.what());
    }

    void exceptionRaisedByAScript_isToldInItsOwnWords() {
        const Error error = toldOf([] {
            (void)module(
                "def forward(self, x):\n    assert x.sum() <= 0, 'too bright'\n    return x")
                .forward({at::ones({2, 3})});
        });
        QVERIFY2(oneSentence(error), error.what());
        QVERIFY2(QString(error.what()).contains("too bright"), error.what());
    }

    void exhaustedMemory_isCalledThat_data() {
        QTest::addColumn<int>("kind");
        for (const int kind : {0, 1, 2, 3}) QTest::addRow("%d", kind) << kind;
    }
    void exhaustedMemory_isCalledThat() {
        QFETCH(int, kind);
        constexpr std::int64_t kTooMany = std::int64_t{1} << 56;
        const Error error = toldOf([&] {
            if (kind == 0) (void)at::empty({kTooMany});
            if (kind == 1) throw std::bad_alloc();
            if (kind == 2)
                (void)module("def forward(self, x):\n    return torch.zeros([1 << 56]) + x").forward({at::ones({1})});
            if (kind == 3) CV_Error(cv::Error::StsNoMem, "Failed to allocate 99 bytes");
        });
        QVERIFY2(oneSentence(error), error.what());
        QVERIFY2(QString(error.what()).contains("memory"), error.what());
        QVERIFY2(QString(error.what()).contains("close other programs"), error.what());
        QCOMPARE(error.kind(), ErrorKind::Run);
    }

    void failureInOpenCv_isToldInOneSentence() {
        const Error error = toldOf([] {
            cv::Mat result;
            cv::resize(cv::Mat(), result, {4, 4});
        });
        QVERIFY2(oneSentence(error), error.what());
    }

    void otherFailures_keepTheirText() {
        const Error error = toldOf([] { throw std::out_of_range("no such name"); });
        QCOMPARE(QString(error.what()), QString("net.pt cannot be asked: no such name."));
    }

    void errors_passUnchanged() {
        const Error error = toldOf([] { throw Error(ErrorKind::Cancelled, "stopped"); });
        QCOMPARE(error.kind(), ErrorKind::Cancelled);
        QCOMPARE(QString(error.what()), QString("stopped"));
    }

    void result_isHandedBack() {
        QCOMPARE(translated(ErrorKind::Run, "never", [] { return 7; }), 7);
    }
};

QTEST_GUILESS_MAIN(TestTorchErrors)
#include "test_torch_errors.moc"
