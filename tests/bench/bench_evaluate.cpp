// Prints how near evaluating a labelled folder, decoding and preparing included, comes to the model's own best
// throughput, and how much memory more images take:
//
//   bench_evaluate [--model NAME] [--image FILE] [--side 256] [--count 2000] [--threads N]
//
// The folder holds JPEG files of the photograph, each turned a little differently. Where other programs keep the machine
// busy, look at the processor's time an image instead: that of the network alone, and that of evaluating.
#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <spdlog/fmt/fmt.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "core/error.h"
#include "core/evaluate/evaluator.h"
#include "core/evaluate/labelled_set.h"
#include "core/model/model.h"
#include "core/network/network.h"
#include "core/run/compute.h"
#include "core/store/files.h"

using namespace discern;

namespace {

double residentMegabytes() {
    std::ifstream file("/proc/self/statm");
    double pages = 0.0;
    file >> pages >> pages;
    return pages * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e6;
}

double processorSeconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

/// The processor's time that the network alone takes for an image in its best batch.
double ownSeconds(const Model& model, int batch) {
    constexpr int kPasses = 10;
    const at::NoGradGuard noGradients;
    const Network& network = model.network();
    const InputSpec& spec = model.card().input;
    const at::Tensor x = at::rand({batch, spec.channels(), spec.height, spec.width}, network.options());
    static_cast<void>(network.logits(x));
    const double started = processorSeconds();
    for (int pass = 0; pass < kPasses; ++pass) static_cast<void>(network.logits(x));
    return (processorSeconds() - started) / (kPasses * batch);
}

void makeSet(const std::filesystem::path& folder, const std::string& photograph, int side, int count) {
    cv::Mat picture;
    cv::resize(cv::imread(photograph), picture, {side, side}, 0, 0, cv::INTER_AREA);
    makeFolder(folder / "0");
    for (int i = 0; i < count; ++i) {
        cv::Mat turned;
        cv::warpAffine(picture, turned, cv::getRotationMatrix2D({static_cast<float>(side) / 2, static_cast<float>(side) / 2}, i % 360, 1.0 + i * 1e-4),
                       picture.size(), cv::INTER_LINEAR, cv::BORDER_REFLECT);
        cv::imwrite((folder / "0" / fmt::format("{}.jpg", i)).string(), turned);
    }
}

void run(const std::string& name, const std::string& image, int side, int count) {
    Progress progress;
    EvaluationRequest request;
    request.models = {Model::load(name, progress)};
    request.cost = false;
    const std::filesystem::path folder = std::filesystem::temp_directory_path() / fmt::format("bench_evaluate-{}", getpid());
    makeSet(folder, image.empty() ? (dataFolder() / "samples" / "chelsea.png").string() : image, side, count);
    const LabelledSet all = readLabelledSet(folder);
    request.set = all;
    for (const int part : {16, count / 4, count}) {
        request.set.images.assign(all.images.begin(), all.images.begin() + part);
        const Speed speed = request.models[0]->measureSpeed(progress);
        const double network = ownSeconds(*request.models[0], speed.batch);
        const double processor = processorSeconds();
        const auto started = std::chrono::steady_clock::now();
        static_cast<void>(evaluate(request, nullptr, progress));
        const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
        const double taken = (processorSeconds() - processor) / part;
        const double own = speed.imagesPerSecond.median;
        std::printf("%5d images of %d x %d: %.1f images/s, the model's own %.1f (%.0f %%); processor %.2f ms, the network's own %.2f (%.0f %%); resident %.0f MB; %.2f "
                    "cores busy with others\n",
                    part, side, side, part / seconds, own, 100.0 * part / seconds / own, 1e3 * taken, 1e3 * network, 100.0 * network / taken,
                    residentMegabytes(), speed.otherLoad);
        std::fflush(stdout);
    }
    std::filesystem::remove_all(folder);
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("Throughput and memory of evaluating a labelled folder");
    std::string model = "efficientnet-lite0";
    std::string image;
    int side = 256;
    int count = 2000;
    int threads = 0;
    app.add_option("--model", model);
    app.add_option("--image", image);
    app.add_option("--side", side);
    app.add_option("--count", count);
    app.add_option("--threads", threads);
    CLI11_PARSE(app, argc, argv);
    prepareProcess();
    if (threads > 0) setThreads(threads);
    try {
        run(model, image, side, count);
    } catch (const Error& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return error.exitCode();
    }
    return 0;
}
