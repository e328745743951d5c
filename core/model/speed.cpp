#include <torch/script.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "core/model/model.h"
#include "core/network/network.h"
#include "core/network/torch_errors.h"

namespace discern {
namespace {

constexpr std::array<std::int64_t, 5> kBatches = {1, 4, 8, 16, 32};
constexpr int kRounds = 3;
constexpr int kLatencyRuns = 9;

double seconds(const Network& network, const at::Tensor& x) {
    const auto started = std::chrono::steady_clock::now();
    // Reading a value waits for the device.
    (void)network.logits(x).sum().item<float>();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
}

at::Tensor inputs(std::int64_t batch, const InputSpec& spec, const Network& network) {
    return at::zeros({batch, spec.channels(), spec.height, spec.width}, network.options())
        .contiguous(at::MemoryFormat::ChannelsLast);
}

double median(std::vector<double> values) {
    std::ranges::nth_element(values, values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2));
    return values[values.size() / 2];
}

Speed measured(const Model& model, Progress& progress, Compute compute) {
    const at::NoGradGuard noGradients;
    const InputSpec& spec = model.card().input;
    const Network& network = model.network().on(compute);
    Speed speed{.device = describe(compute), .precision = toString(compute.precision), .threads = threads()};

    std::vector<double> latencies;
    const at::Tensor one = inputs(1, spec, network);
    (void)seconds(network, one);
    for (int run = 0; run < kLatencyRuns; ++run) {
        progress.checkpoint();
        progress.report(0.3 * run / kLatencyRuns, "Timing single images");
        latencies.push_back(seconds(network, one));
    }
    speed.latencyMs = 1000.0 * median(latencies);

    // Rounds over all batches, the best of each: another program's burst then hits all alike.
    for (int round = 0; round < kRounds; ++round) {
        for (std::size_t i = 0; i < kBatches.size(); ++i) {
            progress.checkpoint();
            progress.report(0.3 + 0.7 * static_cast<double>(round * kBatches.size() + i) / (kRounds * kBatches.size()),
                            "Timing batches of " + std::to_string(kBatches[i]));
            const double rate = static_cast<double>(kBatches[i]) / seconds(network, inputs(kBatches[i], spec, network));
            if (rate <= speed.imagesPerSecond) continue;
            speed.imagesPerSecond = rate;
            speed.batch = static_cast<int>(kBatches[i]);
        }
    }
    progress.report(1.0, "Timed");
    return speed;
}

}  // namespace

Speed Model::measureSpeed(Progress& progress, Compute compute) const {
    return translated(ErrorKind::Run, "The speed of " + name() + " cannot be measured",
                      [&] { return measured(*this, progress, resolve(compute)); });
}

}  // namespace discern
