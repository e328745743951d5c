#include "core/network/input_search.h"

#include <array>
#include <vector>

#include "core/graph/graph_walk.h"
#include "core/graph/program.h"
#include "core/network/score_table.h"

namespace discern {
namespace {

/// 224 is the most usual by far; the others go from small to large, since large ones take long.
constexpr std::array kSides = {224, 32,  64,  28,  48,  96,  128, 160, 192, 240,
                               256, 260, 288, 299, 300, 320, 384, 448, 512};

Program frozen(const torch::jit::Module& module) {
    Repairs untold;  // opening the network tells them
    return freezeToProgram(module, BatchNorm::Kept, untold);
}

bool runs(const Program& program, TensorLayout layout, int channels, int side) {
    const at::Tensor x =
        layout == TensorLayout::Nchw ? at::ones({1, channels, side, side}) : at::ones({1, side, side, channels});
    try {
        return !scoreTables(program.run(x), 1).empty();
    } catch (const std::exception&) {
        return false;  // it does not run, which is the answer
    }
}

}  // namespace

std::optional<int> channelsOfFirstConvolution(const torch::jit::Module& module) {
    const at::NoGradGuard noGradients;
    return channelsRead(frozen(module).graph());
}

std::optional<InputFound> findInput(const torch::jit::Module& module, Progress& progress) {
    const at::NoGradGuard noGradients;
    const Program program = frozen(module);
    if (program.graph().inputs().size() != 2) return std::nullopt;
    const auto known = channelsRead(program.graph());
    const std::vector<int> channels = known ? std::vector{*known} : std::vector{3, 1};
    for (const TensorLayout layout : {TensorLayout::Nchw, TensorLayout::Nhwc}) {
        for (const int count : channels) {
            for (const int side : kSides) {
                progress.checkpoint();
                progress.report(0.45, "Trying an input of " + std::to_string(side) + " pixels a side");
                if (!runs(program, layout, count, side)) continue;
                const bool another = runs(program, layout, count, side == 224 ? 256 : 224);
                return InputFound{count, side, another, known.has_value(), layout};
            }
        }
    }
    return std::nullopt;
}

}  // namespace discern
