#include "core/measure/explained_map.h"

#include <spdlog/fmt/fmt.h>

#include <cmath>

#include "core/error.h"
#include "core/explain/problem.h"
#include "core/measure/pixel_order.h"

namespace discern {
namespace {

std::string shapeOf(const FloatArray& array) {
    std::string words;
    for (const std::int64_t side : array.shape) words += (words.empty() ? "" : " x ") + std::to_string(side);
    return words;
}

void checkShape(const FloatArray& array, const std::string& name, const Problem& problem) {
    const std::vector<std::int64_t>& shape = array.shape;
    const std::vector<std::int64_t> size = {problem.height(), problem.width()};
    const bool fits = (shape.size() == 2 || shape.size() == 3) && !array.empty() &&
                      std::equal(size.begin(), size.end(), shape.end() - 2);
    if (!fits)
        throw Error(ErrorKind::Input,
                    fmt::format("{} is {}; give a map of height x width or channels x height x width in pixels of the "
                                "model's input, {} x {}.",
                                name, shapeOf(array), size[0], size[1]));
}

/// Height x width; of several channels the sum of the magnitudes.
cv::Mat flattened(const FloatArray& array) {
    const auto height = static_cast<int>(array.shape[array.shape.size() - 2]);
    const auto width = static_cast<int>(array.shape.back());
    cv::Mat map = cv::Mat::zeros(height, width, CV_32FC1);
    const bool magnitudes = array.shape.size() == 3;
    auto* const sums = map.ptr<float>();
    for (std::size_t i = 0; i < array.data.size(); ++i) {
        float& sum = sums[i % map.total()];
        sum += magnitudes ? std::abs(array.data[i]) : array.data[i];
    }
    return map;
}

}  // namespace

MeasuredMap explainedMap(const ExplainRequest& request, const Attribution& attribution, Progress& progress) {
    ExplainRequest definite = request;
    definite.targets = {attribution.target};
    return {.map = attribution.map,
            .problem = std::make_shared<const Problem>(makeProblem(definite, progress)),
            .picture = request.picture,
            .explainer = ownMethod()};
}

MeasuredMap foreignMap(const ExplainRequest& request, const FloatArray& array, const std::string& name,
                       Progress& progress) {
    auto problem = std::make_shared<const Problem>(makeQuestion(request, progress));
    checkShape(array, name, *problem);
    MeasuredMap measured{
        .map = flattened(array), .ofMagnitudes = array.shape.size() == 3, .problem = std::move(problem), .picture = request.picture};
    if (const int unknown = cv::countNonZero(notFinite(measured.map)); unknown > 0)
        throw Error(ErrorKind::Input,
                    fmt::format("{} holds no measurable map: {} of its values are NaN or infinite.", name, unknown));
    return measured;
}

}  // namespace discern
