#include "core/network/input_tensor.h"

#include <QtTest>

#include "tests/core/explain/small_networks.h"

using namespace discern;

class TestInputTensor : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void batch_isTheInputsBelowEachOther() {
        InputSpec spec;
        spec.divide = 255.0;
        spec.height = 12;
        spec.width = 20;
        spec.mean = {0.4, 0.5, 0.6};
        spec.std = {0.2, 0.25, 0.3};
        std::vector<at::Tensor> alone;
        std::vector<cv::Mat> normalised;
        for (const std::uint64_t seed : {1, 2, 3}) {
            const auto picture = randomPicture(seed);
            alone.push_back(inputTensor(*picture, spec));
            normalised.push_back(normalise(prepareInput(*picture, spec).pixels, spec));
        }
        const at::Tensor batch = inputBatch(normalised);
        QVERIFY(batch.equal(at::cat(alone)));
        QVERIFY(batch.is_contiguous(at::MemoryFormat::ChannelsLast));
    }
};

QTEST_GUILESS_MAIN(TestInputTensor)
#include "test_input_tensor.moc"
