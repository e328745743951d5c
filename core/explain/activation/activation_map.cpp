#include "core/explain/activation/activation_map.h"

#include <spdlog/fmt/fmt.h>
#include <torch/csrc/autograd/autograd.h>

#include <opencv2/imgproc.hpp>

#include "core/error.h"
#include "core/network/tensors.h"

namespace discern {

at::Tensor onGrid(const at::Tensor& values, const LayerInfo& layer) {
    const std::int64_t height = layer.gridHeight;
    const std::int64_t width = layer.gridWidth;
    const auto fromTokens = [&](const at::Tensor& tokens) {
        return tokens.slice(1, layer.extraTokens, layer.extraTokens + height * width)
            .transpose(1, 2)
            .reshape({tokens.size(0), -1, height, width});
    };
    switch (layer.layout) {
        case GridLayout::ChannelsFirst:
            return values;
        case GridLayout::ChannelsLast:
            return values.permute({0, 3, 1, 2});
        case GridLayout::Tokens:
            return fromTokens(values);
        case GridLayout::SequenceFirst:
            return fromTokens(values.transpose(0, 1));
        case GridLayout::None:
            break;
    }
    throw Error(ErrorKind::Usage,
                fmt::format("Layer {} has no spatial grid to draw a map on: choose one that has.", layer.name));
}

at::Tensor principalComponent(const at::Tensor& evidence) {
    const at::Tensor places = evidence.flatten(1).t().to(at::kFloat);
    at::Tensor centred = places - places.mean(0, true);
    const std::int64_t rows = centred.size(0);
    const std::int64_t columns = centred.size(1);
    // The sign of a singular vector is arbitrary; the reference keeps what LAPACK's gesdd gives through numpy, which
    // reduces only matrices taller than 11/6 of their width to a square one first. LibTorch's LAPACK does so earlier:
    // columns of zeros make the matrix square beforehand.
    if (rows > columns && 6 * rows < 11 * columns)
        centred = at::constant_pad_nd(centred.to(at::kDouble), {0, rows - columns});
    const at::Tensor direction = std::get<2>(at::linalg_svd(centred, /*full_matrices=*/true)).select(0, 0);
    return at::mv(centred, direction).view({evidence.size(1), evidence.size(2)}).to(at::kFloat);
}

Attribution activationMap(const Problem& problem, const at::Tensor& values) {
    const cv::Mat positive = toMap(at::relu(values));
    Attribution result;
    result.raw = toArray(positive);
    cv::resize(positive, result.map, {problem.width(), problem.height()}, 0, 0, cv::INTER_LINEAR);
    result.unit = "ReLU-CAM";
    return result;
}

at::Tensor gradientAt(const Problem& problem, const at::Tensor& score, const at::Tensor& activation) {
    const auto gradients = torch::autograd::grad({score}, {activation}, {}, /*retain_graph=*/true,
                                                 /*create_graph=*/false, /*allow_unused=*/true);
    if (!gradients[0].defined())
        throw Error(ErrorKind::Usage,
                    fmt::format("Layer {} does not influence the class: choose another.", problem.layer.name));
    return gradients[0];
}

}  // namespace discern
