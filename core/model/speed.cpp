#include "core/model/speed.h"

#include <ATen/ATen.h>
#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "core/model/model.h"
#include "core/network/batch.h"
#include "core/network/network.h"
#include "core/network/torch_errors.h"
#include "core/run/machine_load.h"

namespace discern {
namespace {

using Clock = std::chrono::steady_clock;

/// So many runs as fit into the time, but no fewer than make quartiles and no more than help.
struct Effort {
    int fewest;
    int most;
    double seconds;

    [[nodiscard]] bool enough(int done, double spent) const {
        return done >= most || (done >= fewest && spent > seconds);
    }
    [[nodiscard]] double share(int done, double spent) const {
        return std::min(1.0, std::max(static_cast<double>(done) / most, spent / seconds));
    }
};
constexpr Effort kLatency{.fewest = 7, .most = 41, .seconds = 2.0};
constexpr Effort kThroughput{.fewest = 3, .most = 9, .seconds = 8.0};

double since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

double seconds(const Network& network, const at::Tensor& x) {
    const auto started = Clock::now();
    // Reading a value waits for the device.
    (void)network.logits(x).sum().item<float>();
    return since(started);
}

at::Tensor inputs(std::int64_t batch, const InputSpec& spec, const Network& network) {
    return at::zeros({batch, spec.channels(), spec.height, spec.width}, network.options())
        .contiguous(at::MemoryFormat::ChannelsLast);
}

/// 1, 2, 4 ... up to what the network takes at once.
std::vector<std::int64_t> batchesOf(const Network& network) {
    std::vector<std::int64_t> batches;
    for (std::int64_t batch = 1; batch <= network.batchSize(Network::Pass::Forward); batch *= 2)
        batches.push_back(batch);
    return batches;
}

Timing measureLatency(const Network& network, const InputSpec& spec, Progress& progress) {
    const at::Tensor one = inputs(1, spec, network);
    (void)seconds(network, one);
    std::vector<double> milliseconds;
    const auto started = Clock::now();
    while (!kLatency.enough(static_cast<int>(milliseconds.size()), since(started))) {
        progress.checkpoint();
        progress.report(0.3 * kLatency.share(static_cast<int>(milliseconds.size()), since(started)),
                        "Timing single images");
        milliseconds.push_back(1000.0 * seconds(network, one));
    }
    return timingOf(std::move(milliseconds));
}

/// Rounds over all batches, so that a burst of another program hits all alike.
void measureThroughput(const Network& network, const InputSpec& spec, Progress& progress, Speed& speed) {
    const std::vector<std::int64_t> batches = batchesOf(network);
    std::vector<std::vector<double>> rates(batches.size());
    const auto pass = [&](std::int64_t batch) {
        progress.checkpoint();
        return static_cast<double>(batch) / seconds(network, inputs(batch, spec, network));
    };
    for (const std::int64_t batch : batches) (void)pass(batch);
    const auto started = Clock::now();
    for (int round = 0; !kThroughput.enough(round, since(started)); ++round) {
        progress.report(0.3 + 0.7 * kThroughput.share(round, since(started)), "Timing batches");
        for (std::size_t i = 0; i < batches.size(); ++i) rates[i].push_back(pass(batches[i]));
    }
    for (std::size_t i = 0; i < batches.size(); ++i) {
        const Timing timing = timingOf(rates[i]);
        if (timing.median <= speed.imagesPerSecond.median) continue;
        speed.imagesPerSecond = timing;
        speed.batch = static_cast<int>(batches[i]);
    }
}

double quantile(const std::vector<double>& sorted, double share) {
    const double at = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(at);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return std::lerp(sorted[below], sorted[above], at - static_cast<double>(below));
}

Speed measured(const Model& model, Progress& progress, Compute compute) {
    const at::NoGradGuard noGradients;
    const InputSpec& spec = model.card().input;
    const Network& network = model.network().on(compute);
    Speed speed{.device = describe(compute), .precision = toString(compute.precision), .threads = threads()};
    const MachineLoad load;
    speed.latencyMs = measureLatency(network, spec, progress);
    measureThroughput(network, spec, progress, speed);
    speed.otherLoad = load.ofOthers().value_or(0.0);
    speed.quiet = isQuiet(speed);
    progress.report(1.0, "Timed");
    return speed;
}

}  // namespace

Timing timingOf(std::vector<double> values) {
    std::ranges::sort(values);
    return {.median = quantile(values, 0.5),
            .lower = quantile(values, 0.25),
            .upper = quantile(values, 0.75),
            .p95 = quantile(values, 0.95),
            .runs = static_cast<int>(values.size())};
}

bool isQuiet(const Speed& speed) {
    return speed.otherLoad <= kQuietLoad && speed.latencyMs.spread() <= kQuietSpread &&
           speed.imagesPerSecond.spread() <= kQuietSpread;
}

std::string disturbance(const Speed& speed) {
    if (speed.quiet) return {};
    if (speed.otherLoad > kQuietLoad)
        return fmt::format("other programs kept {:.1f} cores busy, so the figures may be too slow", speed.otherLoad);
    return "the runs differ widely, so the figures may be too slow";
}

Speed Model::measureSpeed(Progress& progress, Compute compute) const {
    return translated(ErrorKind::Run, "The speed of " + name() + " cannot be measured",
                      [&] { return measured(*this, progress, resolve(compute)); });
}

}  // namespace discern
