#include "core/evaluate/set_cost.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>

#include <algorithm>
#include <chrono>

#include "core/error.h"
#include "core/model/model.h"
#include "core/network/batch.h"
#include "core/network/network.h"
#include "core/network/torch_errors.h"

namespace discern {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kPasses = 3;
constexpr double kThousand = 1000.0;

/// The most memory that the answers to a batch take beyond the weights.
double answeringBytes(const Model& model, Compute compute, int batch) {
    const Network& network = model.network().on(compute);
    const InputSpec& spec = model.card().input;
    const at::NoGradGuard noGradients;
    return static_cast<double>(peakBytes([&] {
        static_cast<void>(network.logits(at::zeros({batch, spec.channels(), spec.height, spec.width}, network.options())));
    }));
}

/// Takes time and memory of a forward and a backward pass to the picture.
void train(const Model& model, Compute compute, Progress& progress, EvaluatedCost& cost) {
    const Network& network = model.network().on(compute);
    const InputSpec& spec = model.card().input;
    const at::AutoGradMode gradients(true);
    const std::int64_t batch = network.batchSize(Network::Pass::Gradient);
    double fastest = 0.0;
    for (int pass = 0; pass <= kPasses; ++pass) {
        progress.checkpoint();
        const at::Tensor x = at::zeros({batch, spec.channels(), spec.height, spec.width}, network.options()).requires_grad_();
        const auto once = [&] {
            const at::Tensor score = network.logits(x).sum();
            const at::Tensor gradient = torch::autograd::grad({score}, {x}, {}, std::nullopt, false, true)[0];
            if (gradient.defined()) (void)gradient.sum().item<float>();  // a card's work is over when a value is read
        };
        if (pass == 0) {  // warms up, and is not timed: counting memory takes time
            cost.trainingBytes = static_cast<double>(peakBytes(once));
            continue;
        }
        const auto started = Clock::now();
        once();
        const double seconds = std::chrono::duration<double>(Clock::now() - started).count();
        if (pass == 1 || seconds < fastest) fastest = seconds;
    }
    cost.trainingSeconds = kThousand * fastest / static_cast<double>(batch);
}

void time(const Model& model, Compute compute, Progress& progress, EvaluatedCost& cost) {
    const Speed speed = model.measureSpeed(progress, compute);
    cost.latencyMs = speed.latencyMs.median;
    cost.latencyP95Ms = speed.latencyMs.p95;
    cost.imagesPerSecond = speed.imagesPerSecond.median;
    cost.batch = speed.batch;
    cost.peakBytes = translated(ErrorKind::Run, "The memory that " + model.name() + " takes cannot be measured",
                                [&] { return answeringBytes(model, compute, speed.batch); });
    // The same words for all, so that they are said once; how busy the machine was is of no use to who reads them.
    if (!speed.quiet) cost.notes.emplace_back("The machine was busy with other programs, so latency and throughput may be too slow.");
    if (!model.conduct().noGradient.empty()) {
        cost.notes.push_back("Training was not timed: " + model.conduct().noGradient + ".");
        return;
    }
    translated(ErrorKind::Run, "The cost of training " + model.name() + " cannot be measured",
               [&] { train(model, compute, progress, cost); });
    cost.notes.emplace_back("The time of training is that of the forward and the backward pass to the picture; the gradients of the "
                            "weights, which a step needs too, come on top.");
}

}  // namespace

EvaluatedCost costOf(const Model& model, Compute compute, bool timed, Progress& progress) {
    EvaluatedCost cost;
    cost.parameters = static_cast<double>(model.complexity().parameters);
    cost.macs = static_cast<double>(model.complexity().macs);
    cost.depth = static_cast<double>(model.network().weightedOperators().size());
    cost.bytes = static_cast<double>(model.complexity().bytes);
    const nlohmann::json* const hours = findCardField(model.card().original, "training.gpu_hours");
    if (hours && hours->is_number()) cost.publishedGpuHours = hours->get<double>();
    if (!timed) return cost;
    try {
        time(model, compute, progress, cost);
    } catch (const Error& error) {
        if (error.kind() == ErrorKind::Cancelled) throw;
        cost.notes.emplace_back(error.what());
    }
    return cost;
}

}  // namespace discern
