#include "core/explain/perturb/superpixels.h"

#include <algorithm>

#include "core/explain/perturb/compose.h"
#include "core/explain/perturb/hidden_color.h"
#include "core/explain/perturb/segmentation.h"

namespace discern {
namespace {

cv::Mat painted(const cv::Mat& segments, const std::vector<double>& values) {
    if (values.empty()) return {};
    cv::Mat map(segments.size(), CV_32FC1);
    std::transform(segments.begin<int>(), segments.end<int>(), map.begin<float>(),
                   [&](int id) { return static_cast<float>(values[static_cast<std::size_t>(id)]); });
    return map;
}

}  // namespace

Players superpixels(const Problem& problem, const std::string& hidden) {
    const cv::Mat segments = chosenSegments(problem);
    const at::Tensor shown = problem.input.to(at::kFloat).contiguous(at::MemoryFormat::ChannelsLast);
    const at::Tensor instead = hiddenColor(problem, problem.parameters.text(hidden), segments, hidden)
                                   .to(shown.options())
                                   .expand_as(shown)
                                   .contiguous(at::MemoryFormat::ChannelsLast);
    const at::Tensor ids = at::from_blob(segments.data, {segments.rows, segments.cols}, at::kInt).clone();
    const auto compose = [shown, instead, ids](const Coalitions& coalitions, std::int64_t first, at::Tensor batch) {
        const at::Tensor kept = at::from_blob(const_cast<std::uint8_t*>(coalitions.row(first).data()),
                                              {batch.size(0), coalitions.players}, at::kByte);
        choose(batch, shown, instead, ids, kept);
    };
    return {.count = segmentCount(segments),
            .compose = compose,
            .paint = [segments](const std::vector<double>& values) { return painted(segments, values); },
            .places = segments};
}

}  // namespace discern
