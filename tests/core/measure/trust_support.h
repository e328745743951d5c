#pragma once

#include <QtTest>
#include <map>
#include <memory>
#include <string>

#include "core/explain/problem.h"
#include "core/explain/small_networks.h"
#include "core/measure/explained_map.h"
#include "core/measure/trust_metric.h"

namespace discern::testing {

using Given = std::map<std::string, std::string>;

/// One metric of one map.
inline Measurement measured(const std::string& metric, const MeasuredMap& map, const Given& parameters = {},
                            std::uint64_t seed = 0) {
    Progress progress;
    return measure(findTrustMetric(metric), map, parameters, seed, progress);
}

/// A question about a class's score on a picture of blotches, explained by nobody.
inline std::shared_ptr<const Problem> question(const std::shared_ptr<const Model>& model, int target, cv::Size size) {
    Progress progress;
    ExplainRequest request;
    request.model = model;
    request.picture = randomPicture(5, size);
    request.targets.front().classIndex = target;
    request.compute = {Device::Cpu, Precision::Fp32};
    return std::make_shared<const Problem>(makeQuestion(request, progress));
}

/// A map of a problem's input by one of its methods, which can explain again.
inline MeasuredMap explainedBy(const std::string& method, const std::shared_ptr<const Model>& model, int target,
                               const std::shared_ptr<const Picture>& picture) {
    Progress progress;
    ExplainRequest request;
    request.model = model;
    request.picture = picture;
    request.method = method;
    request.targets.front().classIndex = target;
    request.compute = {Device::Cpu, Precision::Fp32};
    const Attribution attribution = explain(request, progress).front();
    return explainedMap(request, attribution, progress);
}

/// One score: the mean of a part of the picture, all channels, where `region` is 1 of H x W; and its negative.
inline std::shared_ptr<const Model> meanOver(const at::Tensor& region) {
    return SmallNetwork(1)
        .constant("region", region / (3.0 * region.sum()))
        .model(R"(
        def forward(self, x):
            mean = (x * self.region).sum([1, 2, 3]).unsqueeze(1)
            return torch.cat([mean, -mean], 1))",
               "logits", {static_cast<int>(region.size(1)), static_cast<int>(region.size(0))});
}

inline at::Tensor upperHalf(int height = SmallNetwork::kSide, int width = SmallNetwork::kSide) {
    at::Tensor region = at::zeros({height, width});
    region.slice(0, 0, height / 2).fill_(1.0);
    return region;
}

inline cv::Mat asMap(const at::Tensor& tensor) {
    const at::Tensor rows = tensor.to(at::kFloat).contiguous();
    return cv::Mat(static_cast<int>(rows.size(0)), static_cast<int>(rows.size(1)), CV_32FC1, rows.data_ptr<float>())
        .clone();
}

/// The upper half's mean asked about an input of ones: its score is 1.
inline MeasuredMap ofOnes(const at::Tensor& region, const cv::Mat& map) {
    const auto size = cv::Size(static_cast<int>(region.size(1)), static_cast<int>(region.size(0)));
    const auto problem = question(meanOver(region), 0, size);
    return {.map = map, .problem = std::make_shared<const Problem>(problem->withInput(at::ones_like(problem->input)))};
}

inline bool near(double a, double b, double tolerance = 1e-6) {
    return std::abs(a - b) <= tolerance * std::max(1.0, std::abs(b));
}

}  // namespace discern::testing
