#pragma once

#include <ATen/ATen.h>
#include <torch/csrc/jit/api/module.h>

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

    /// `forward` is TorchScript: def forward(self, x) from 1,3,16,16 to logits, or what `output` says in a card's word.
    /// One channel is grey.
    std::shared_ptr<const Model> model(const std::string& forward, const std::string& output = "logits",
                                       cv::Size size = {kSide, kSide}, int channels = 3) {
        module_.define(forward + "\n");
        module_.eval();
        ModelCard card = parseModelCard(R"({"name": "small", "input": {"size": [)" + std::to_string(size.height) + "," +
                                            std::to_string(size.width) + R"(], "divide": 255, )" +
                                            (channels == 1 ? R"("color": "gray", "mean": [0.5], "std": [0.25])"
                                                           : R"("mean": [0.5, 0.5, 0.5], "std": [0.25, 0.25, 0.25])") +
                                            R"(, "resize": "none"}, "output": ")" + output + "\"}",
                                        "small", "small");
        const Expectation expected{
            .height = size.height, .width = size.width, .channels = channels, .least = -2.0, .most = 2.0,
            .output = card.output};
        auto network = std::make_unique<Network>(module_, expected, 0, "small");
        return std::make_shared<const Model>(std::move(card), "small", "", std::move(network));
    }

private:
    Random random_;
    torch::jit::Module module_;
};

/// Blotches of random colour, 16 x 16 where nothing else is said.
inline std::shared_ptr<const Picture> randomPicture(std::uint64_t seed,
                                                    cv::Size size = {SmallNetwork::kSide, SmallNetwork::kSide}) {
    Random random(seed);
    cv::Mat pixels(size, CV_8UC3);
    for (auto& pixel : cv::Mat_<cv::Vec3b>(pixels))
        for (int c = 0; c < 3; ++c) pixel[c] = static_cast<std::uint8_t>(random.below(256));
    return std::make_shared<const Picture>(pictureFromPixels(pixels, "random"));
}

/// One attribution, on the CPU in fp32 where nothing else is said.
inline Attribution explainedBy(const std::string& method, const std::shared_ptr<const Model>& model,
                               const std::shared_ptr<const Picture>& picture,
                               const std::map<std::string, std::string>& parameters = {}, const Target& target = {},
                               Precision precision = Precision::Fp32) {
    Progress progress;
    ExplainRequest request;
    request.model = model;
    request.picture = picture;
    request.method = method;
    request.parameters = parameters;
    request.targets = {target};
    request.compute = {Device::Cpu, precision};
    return explain(request, progress).front();
}

}  // namespace discern
