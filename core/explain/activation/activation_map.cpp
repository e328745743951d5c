#include "core/explain/activation/activation_map.h"

#include <spdlog/fmt/fmt.h>
#include <torch/csrc/autograd/autograd.h>

#include <cmath>
#include <opencv2/imgproc.hpp>

#include "core/error.h"
#include "core/network/tensors.h"

namespace discern {
namespace {

/// The component, whose mean is zero, with the sign that agrees with `positive`; where that says nothing, with the sign
/// that makes the place that stands out most positive.
at::Tensor oriented(const at::Tensor& component, const at::Tensor& positive) {
    constexpr double kSaysNothing = 1e-6;  // as a correlation
    const at::Tensor reference = positive - positive.mean();
    const double agreement = component.dot(reference).item<double>();
    const double largest = (component.norm() * reference.norm()).item<double>();
    const double sign =
        std::abs(agreement) > kSaysNothing * largest ? agreement : component[component.abs().argmax()].item<double>();
    return sign < 0.0 ? -component : component;
}

std::string doesNotMatter(const Problem& problem) {
    return fmt::format("Layer {} does not influence the class: choose another.", problem.layer.name);
}

}  // namespace

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

at::Tensor principalComponent(const at::Tensor& evidence, const at::Tensor& positive) {
    const at::Tensor places = evidence.flatten(1).t().to(at::kDouble);
    const at::Tensor centred = places - places.mean(0, true);
    if (!at::isfinite(centred).all().item<bool>()) return at::full_like(evidence[0], NAN, at::kFloat);
    // Either Gram matrix holds the component; the smaller one costs next to nothing.
    const bool fewChannels = centred.size(1) <= centred.size(0);
    const at::Tensor gram = fewChannels ? at::mm(centred.t(), centred) : at::mm(centred, centred.t());
    const auto [values, vectors] = at::linalg_eigh(gram);
    const at::Tensor first = vectors.select(1, -1);
    const at::Tensor component =
        fewChannels ? at::mv(centred, first) : first * values.select(0, -1).clamp_min(0.0).sqrt();
    return oriented(component, positive.flatten().to(at::kDouble)).view_as(evidence[0]).to(at::kFloat);
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
    if (!score.requires_grad()) throw Error(ErrorKind::Usage, doesNotMatter(problem));
    const auto gradients = torch::autograd::grad({score}, {activation}, {}, /*retain_graph=*/true,
                                                 /*create_graph=*/false, /*allow_unused=*/true);
    if (!gradients[0].defined()) throw Error(ErrorKind::Usage, doesNotMatter(problem));
    return gradients[0];
}

}  // namespace discern
