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

inline bool near(double a, double b, double tolerance = 1e-6) {
    return std::abs(a - b) <= tolerance * std::max(1.0, std::abs(b));
}

}  // namespace discern::testing
