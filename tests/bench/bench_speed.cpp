// Prints how near the product comes to what LibTorch can do here:
//   - a network's forward pass through Network::logits against the fastest of LibTorch's own forms of the same file
//     (frozen, frozen with channels-last weights, optimised for inference; images channels last or first),
//   - each perturbation method's and each perturbing metric's own clock against its evaluations at the best measured
//     throughput; deletion and insertion take 224 steps.
// Everything that is compared runs in turns in one process, and medians are printed. Other programs disturb the
// figures: run it on a quiet machine.
//
//   bench_speed [--network FILE] [--model NAME] [--image FILE] [--rounds 7] [--threads N] [--methods lime,rise]
//               [--metrics deletion,insertion]
#include <spdlog/fmt/ranges.h>
#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/serialization/import.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <functional>
#include <map>

#include "core/error.h"
#include "core/explain/explain.h"
#include "core/measure/baseline_maps.h"
#include "core/measure/explained_map.h"
#include "core/network/network.h"
#include "core/run/compute.h"
#include "core/run/machine_load.h"
#include "core/store/files.h"

using namespace discern;

namespace {

struct Options {
    std::string network;
    std::string model = "efficientnet-lite0";
    std::string image;
    int rounds = 7;
    int threads = 0;
    std::vector<std::string> methods = {"lime", "kernel_shap", "rise", "occlusion"};
    std::vector<std::string> metrics = {"deletion", "insertion"};
    std::vector<std::int64_t> batches = {1, 2, 4, 8, 16};
};

using Clock = std::chrono::steady_clock;

double seconds(const std::function<void()>& work) {
    const auto started = Clock::now();
    work();
    return std::chrono::duration<double>(Clock::now() - started).count();
}

torch::jit::Module rawModule(const std::string& file, bool channelsLast) {
    torch::jit::Module module = torch::jit::load(file);
    module.eval();
    if (channelsLast)
        for (at::Tensor parameter : module.parameters())
            if (parameter.dim() == 4) parameter.set_data(parameter.contiguous(at::MemoryFormat::ChannelsLast));
    return module;
}

struct Form {
    std::string name;
    std::function<void(const at::Tensor& x)> run;
    at::MemoryFormat format;
};

std::vector<Form> rawForms(const std::string& file) {
    std::vector<Form> forms;
    const auto add = [&](const std::string& name, torch::jit::Module module, at::MemoryFormat format) {
        forms.push_back({name, [module](const at::Tensor& x) mutable { (void)module.forward({x}); }, format});
    };
    constexpr auto first = at::MemoryFormat::Contiguous;
    constexpr auto last = at::MemoryFormat::ChannelsLast;
    torch::jit::Module plain = rawModule(file, false);
    add("frozen, channels first", torch::jit::freeze(plain), first);
    add("frozen, images channels last", torch::jit::freeze(plain), last);
    add("frozen, channels last", torch::jit::freeze(rawModule(file, true)), last);
    torch::jit::Module optimised = rawModule(file, false);
    add("optimised for inference, channels first", torch::jit::optimize_for_inference(optimised), first);
    torch::jit::Module optimisedLast = rawModule(file, true);
    add("optimised for inference, channels last", torch::jit::optimize_for_inference(optimisedLast), last);
    return forms;
}

void printForward(const Options& options) {
    Progress progress;
    const auto model = Model::load(options.network, progress);
    const InputSpec& spec = model->card().input;
    std::vector<Form> forms = rawForms(options.network);
    forms.insert(forms.begin(), {"Discern", [&](const at::Tensor& x) { (void)model->network().logits(x); },
                                 at::MemoryFormat::ChannelsLast});
    std::printf("%s, forward, ms an image (median of %d in turns)\n", model->name().c_str(), options.rounds);
    double ours = 1e30;
    double best = 1e30;
    for (const std::int64_t batch : options.batches) {
        const at::NoGradGuard noGradients;
        const at::Tensor images = at::rand({batch, spec.channels(), spec.height, spec.width});
        std::vector<std::vector<double>> times(forms.size());
        for (int round = -2; round < options.rounds; ++round)
            for (std::size_t f = 0; f < forms.size(); ++f) {
                const at::Tensor x = images.contiguous(forms[f].format);
                const double time = seconds([&] { forms[f].run(x); });
                if (round >= 0) times[f].push_back(1000.0 * time / static_cast<double>(batch));
            }
        double fastest = 1e30;
        std::string line = fmt::format("  batch {:2}:", batch);
        for (std::size_t f = 0; f < forms.size(); ++f) {
            const double median = timingOf(times[f]).median;
            line += fmt::format("  {} {:.2f}", forms[f].name, median);
            if (f > 0) fastest = std::min(fastest, median);
            (f == 0 ? ours : best) = std::min(f == 0 ? ours : best, median);
        }
        line += fmt::format("  -> {:.3f}", timingOf(times[0]).median / fastest);
        std::puts(line.c_str());
        std::fflush(stdout);
    }
    std::printf("  best over all batches: Discern %.2f, LibTorch %.2f, ratio %.3f (at most 1.05)\n", ours, best,
                ours / best);
}

ExplainRequest requestFor(const std::string& method, std::shared_ptr<const Model> model,
                          std::shared_ptr<const Picture> picture) {
    ExplainRequest request;
    request.model = std::move(model);
    request.picture = std::move(picture);
    request.method = method;
    if (method == "occlusion") request.parameters = {{"window", "32"}, {"stride", "8"}};
    if (method == "lime" || method == "kernel_shap" || method == "rise") request.parameters = {{"samples", "1000"}};
    request.targets.front().classIndex = 285;
    return request;
}

/// What a piece of work took, by its own clock.
struct Spent {
    std::int64_t evaluations = 0;
    double seconds = 0.0;
};

/// Pieces of work by name, each against its evaluations at the best throughput.
void printRatios(const Options& options, const Model& model,
                 const std::vector<std::pair<std::string, std::function<Spent()>>>& pieces) {
    Progress progress;
    std::map<std::string, std::vector<double>> ratios;
    for (int round = 0; round < options.rounds; ++round) {
        for (const auto& [name, work] : pieces) {
            // Before and after, since the machine may have changed meanwhile.
            const Speed before = model.measureSpeed(progress);
            const Spent spent = work();
            const Speed after = model.measureSpeed(progress);
            const double rate = std::max(before.imagesPerSecond.median, after.imagesPerSecond.median);
            const double ratio = spent.seconds * rate / static_cast<double>(spent.evaluations);
            ratios[name].push_back(ratio);
            std::printf("  %-12s %5lld evaluations %6.2f s, best throughput %6.1f (batch %d), ratio %.3f\n",
                        name.c_str(), static_cast<long long>(spent.evaluations), spent.seconds, rate, after.batch,
                        ratio);
            std::fflush(stdout);
        }
    }
    for (const auto& [name, values] : ratios)
        std::printf("  %s: %.3f x evaluations / best throughput (at most 1.10)\n", name.c_str(),
                    timingOf(values).median);
}

bool isWanted(const std::vector<std::string>& names) { return !names.empty() && names.front() != "none"; }

void printMethodsAndMetrics(const Options& options) {
    Progress progress;
    const std::shared_ptr<const Model> model = Model::load(options.model, progress);
    const auto picture = std::make_shared<const Picture>(readPicture(options.image));
    std::vector<std::pair<std::string, std::function<Spent()>>> pieces;
    if (isWanted(options.methods))
        for (const std::string& method : options.methods)
            pieces.emplace_back(method, [&, method] {
                const Attribution found = explain(requestFor(method, model, picture), progress)[0];
                return Spent{found.evaluations, found.seconds};
            });
    const InputSpec& input = model->card().input;
    const cv::Mat map = baselineMaps().front().make({input.width, input.height}, {}, 1);
    const MeasuredMap measured =
        foreignMap(requestFor("", model, picture), toArray(map), "a random map", progress);
    if (isWanted(options.metrics))
        for (const std::string& metric : options.metrics)
            pieces.emplace_back(metric, [&, metric] {
                const bool curve = metric == "deletion" || metric == "insertion";
                const std::map<std::string, std::string> step = {
                    {"step", std::to_string(input.width * input.height / 224)}};
                const Measurement found =
                    measure(findTrustMetric(metric), measured,
                            curve ? step : std::map<std::string, std::string>(), 0, progress);
                return Spent{found.evaluations, found.seconds};
            });
    printRatios(options, *model, pieces);
}

}  // namespace

int main(int argc, char** argv) {
    Options options;
    options.image = (dataFolder() / "samples" / "chelsea.png").string();
    CLI::App app("How near the product comes to what LibTorch can do here.");
    app.add_option("--network", options.network, "A TorchScript file for the forward pass, e.g. a ResNet-50");
    app.add_option("--model", options.model, "The model that the methods explain");
    app.add_option("--image", options.image);
    app.add_option("--rounds", options.rounds);
    app.add_option("--threads", options.threads);
    app.add_option("--methods", options.methods)->delimiter(',');
    app.add_option("--metrics", options.metrics)->delimiter(',');
    app.add_option("--batches", options.batches)->delimiter(',');
    CLI11_PARSE(app, argc, argv);
    try {
        prepareProcess();
        if (options.threads > 0) setThreads(options.threads);
        const MachineLoad load;
        if (!options.network.empty()) printForward(options);
        if (isWanted(options.methods) || isWanted(options.metrics)) printMethodsAndMetrics(options);
        std::printf("other programs kept %.1f cores busy\n", load.ofOthers().value_or(0.0));
    } catch (const Error& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return error.exitCode();
    }
}
