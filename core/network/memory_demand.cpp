#include "core/network/memory_demand.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <fstream>
#include <limits>
#include <optional>

#include "core/error.h"
#include "core/network/layers.h"

namespace discern {
namespace {

constexpr double kUnasked = 1024.0 * 1024.0;  ///< pixels
constexpr double kSmallerSide = 256.0;
constexpr double kBytes = 4.0;     ///< of a value in fp32
constexpr double kPictures = 2.0;  ///< it is tried with two at once
constexpr double kShare = 0.7;     ///< of what is free

/// Bytes of all values in the network, which one look holds at a time; empty where it does not run at that size.
std::optional<double> bytesAt(const Program& program, int channels, int height, int width) {
    double values = 0.0;
    try {
        const Shapes shapes = shapesOf(program, at::ones({1, channels, height, width}));
        for (const torch::jit::Node* node : program.graph().nodes()) {
            if (node->kind() == c10::prim::Constant) continue;  // weights do not grow with the input
            for (const torch::jit::Value* output : node->outputs()) {
                const auto shape = shapes.find(output->debugName());
                if (shape == shapes.end()) continue;
                double count = 1.0;
                for (const std::int64_t length : shape->second) count *= static_cast<double>(length);
                values += count;
            }
        }
    } catch (const std::exception&) {
        return std::nullopt;  // its size is fixed
    }
    return kBytes * values;
}

/// Input and output of its first convolution, had it a stride of 2: the least that it takes.
double leastBytes(const Program& program, int channels, double pixels) {
    double values = channels * pixels;
    for (const torch::jit::Node* node : program.graph().nodes()) {
        const std::string op = node->kind().toUnqualString();
        if (op != "_convolution" && op != "conv2d") continue;
        const auto weight = torch::jit::toIValue(node->input(1));
        if (weight && weight->isTensor()) values += static_cast<double>(weight->toTensor().size(0)) * pixels / 4.0;
        break;
    }
    return kBytes * values;
}

/// The first number of a file, or of the line that starts with `word`; infinite where there is none.
double numberIn(const char* file, const std::string& word) {
    std::ifstream lines(file);
    double number = std::numeric_limits<double>::infinity();
    for (std::string first; lines >> first; lines.ignore(std::numeric_limits<std::streamsize>::max(), '\n')) {
        if (word.empty()) return std::isdigit(static_cast<unsigned char>(first[0])) ? std::stod(first) : number;
        if (first == word && lines >> number) return number;
    }
    return std::numeric_limits<double>::infinity();
}

/// What this machine, and the container it may stand for, can give.
double freeBytes() {
    return std::min(1024.0 * numberIn("/proc/meminfo", "MemAvailable:"), numberIn("/sys/fs/cgroup/memory.max", {}));
}

}  // namespace

void checkMemoryFor(const Program& program, int channels, int height, int width) {
    const double pixels = static_cast<double>(height) * width;
    if (pixels <= kUnasked) return;
    const double free = freeBytes();
    const auto check = [&](double bytes) {
        if (bytes <= kShare * free) return;
        throw Error(
            ErrorKind::Model,
            fmt::format("Its card gives it an input of {} x {} pixels, for which about {:.1f} GB of memory are needed, "
                        "and {:.1f} GB are free here: correct input.size, or close other programs.",
                        height, width, bytes / 1e9, free / 1e9));
    };
    check(kPictures * leastBytes(program, channels, pixels));
    const double scale = std::max(1.0, std::max(height, width) / kSmallerSide);
    // Sides that halve five times over stay whole.
    const auto smaller = [&](int side) { return std::max(32, static_cast<int>(std::round(side / scale / 32.0)) * 32); };
    const int h = smaller(height);
    const int w = smaller(width);
    if (const auto measured = bytesAt(program, channels, h, w))
        check(kPictures * *measured * pixels / (static_cast<double>(h) * w));
}

}  // namespace discern
