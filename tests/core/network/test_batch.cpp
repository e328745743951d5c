#include "core/network/batch.h"

#include <QtTest>

using namespace discern;

class TestBatch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void smallNetworks_takeTheLargestBatch() { QCOMPARE(batchFor({1 << 20, 400'000'000}), kLargestBatch); }

    void batches_arePowersOfTwoWithinMemoryAndWork() {
        for (std::int64_t bytes = 1; bytes < std::int64_t{4} << 30; bytes = 3 * bytes + 1) {
            const std::int64_t batch = batchFor({bytes, 1});
            QCOMPARE(batch & (batch - 1), std::int64_t{0});
            QVERIFY(batch == 1 || batch * bytes <= std::int64_t{256} << 20);
        }
        QCOMPARE(batchFor({1, 17'000'000'000}), std::int64_t{2});
        QCOMPARE(batchFor({1, 400'000'000'000}), std::int64_t{1});
        QCOMPARE(batchFor({std::int64_t{2} << 30, 1}), std::int64_t{1});
        QCOMPARE(batchFor({0, 0}), kLargestBatch);
    }

    void peak_isTheMostHeldAtOnce() {
        const auto megabyte = [] { return at::zeros({1 << 18}, at::kFloat); };
        const at::Tensor before = megabyte();
        const std::int64_t peak = peakBytes([&] {
            { const at::Tensor a = megabyte(), b = megabyte(), c = megabyte(); }
            const at::Tensor d = megabyte();
        });
        QCOMPARE(peak, std::int64_t{3} << 20);
        QCOMPARE(peakBytes([] {}), std::int64_t{0});
    }
};

QTEST_GUILESS_MAIN(TestBatch)
#include "test_batch.moc"
