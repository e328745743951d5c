#pragma once

#include <ATen/ATen.h>
#include <torch/csrc/jit/api/module.h>

#include <string>

namespace discern::testing {

/// Writes a small classifier without a card: a convolution of stride 2, then a mean over all places, or where `side` is
/// given a flat matrix product, which demands that side; `width` counts its channels. The same weights at every call.
inline void writeCardlessModel(const std::string& path, int channels = 3, int classes = 5, int side = 0,
                               const std::string& ending = "return s", int width = 8) {
    const auto ramp = [](const std::vector<std::int64_t>& shape) {
        std::int64_t count = 1;
        for (const std::int64_t length : shape) count *= length;
        return at::sin(at::arange(count, at::kFloat) * 1.7F).mul(0.3F).view(shape);
    };
    torch::jit::Module module("cardless");
    const std::int64_t features = side == 0 ? width : width * (side / 2) * (side / 2);
    module.register_parameter("w", ramp({width, channels, 3, 3}), false);
    module.register_parameter("f", ramp({features, classes}), false);
    module.define(
        "def forward(self, x):\n"
        "    y = torch.relu(torch.conv2d(x, self.w, None, [2, 2], [1, 1], [1, 1], 1))\n" +
        std::string(side == 0 ? "    y = torch.mean(y, [2, 3])\n" : "    y = torch.flatten(y, 1)\n") +
        "    s = torch.matmul(y, self.f)\n"
        "    " +
        ending + "\n");
    module.eval();
    module.save(path);
}

}  // namespace discern::testing
