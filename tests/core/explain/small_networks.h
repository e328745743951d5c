#pragma once

#include <torch/script.h>

#include <memory>
#include <string>

#include "core/explain/explain.h"
#include "core/explain/perturb/random.h"
#include "core/network/network.h"

namespace discern {

/// Networks of a few hundred random weights, written down in the test that uses them.
class SmallNetwork {
public:
    static constexpr int kSide = 16;

    explicit SmallNetwork(std::uint64_t seed) : random_(seed), module_("small") {}

    /// A random tensor that the source reads as self.NAME.
    SmallNetwork& weight(const std::string& name, const std::vector<std::int64_t>& shape, double deviation = 0.4) {
        at::Tensor values = at::empty(shape);
        float* const first = values.data_ptr<float>();
        for (std::int64_t i = 0; i < values.numel(); ++i) first[i] = static_cast<float>(deviation * random_.normal());
        return constant(name, values);
    }
    SmallNetwork& constant(const std::string& name, const at::Tensor& values) {
        module_.register_parameter(name, values, false);
        return *this;
    }

    /// `forward` is TorchScript: def forward(self, x) from 1,3,16,16 to logits.
    std::shared_ptr<const Model> model(const std::string& forward) {
        module_.define(forward);
        module_.eval();
        ModelCard card = parseModelCard(R"({"name": "small", "input": {"size": [16, 16], "divide": 255,
            "mean": [0.5, 0.5, 0.5], "std": [0.25, 0.25, 0.25], "resize": "none"}})",
                                        "small", "small");
        const Expectation expected{
            .height = kSide, .width = kSide, .least = -2.0, .most = 2.0, .output = OutputKind::Logits};
        auto network = std::make_unique<Network>(module_, expected, 0, "small");
        return std::make_shared<const Model>(std::move(card), "small", "", std::move(network));
    }

private:
    Random random_;
    torch::jit::Module module_;
};

/// Blotches of random colour, 16 x 16.
inline std::shared_ptr<const Picture> randomPicture(std::uint64_t seed) {
    Random random(seed);
    cv::Mat pixels(SmallNetwork::kSide, SmallNetwork::kSide, CV_8UC3);
    for (auto& pixel : cv::Mat_<cv::Vec3b>(pixels))
        for (int c = 0; c < 3; ++c) pixel[c] = static_cast<std::uint8_t>(random.below(256));
    return std::make_shared<const Picture>(pictureFromPixels(pixels, "random"));
}

}  // namespace discern
