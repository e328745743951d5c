#include "core/explain/empty_map.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>

#include "core/error.h"
#include "core/explain/rounding.h"

namespace discern {
namespace {

/// The values of a map that are defined.
struct Extent {
    std::int64_t undefined = 0;
    std::int64_t defined = 0;
    float least = 0.0F;
    float most = 0.0F;
};

Extent extentOf(const cv::Mat& map) {
    Extent extent;
    for (auto it = map.begin<float>(); it != map.end<float>(); ++it) {
        if (!std::isfinite(*it)) {
            ++extent.undefined;
            continue;
        }
        extent.least = extent.defined == 0 ? *it : std::min(extent.least, *it);
        extent.most = extent.defined == 0 ? *it : std::max(extent.most, *it);
        ++extent.defined;
    }
    return extent;
}

void flag(const Problem& problem, const Report::Seen& seen, Stage stage, Attribution& attribution) {
    Extent extent = extentOf(attribution.map);
    const bool flat = extent.undefined == 0 && extent.least == extent.most;
    if (!flat && (attribution.onlyRounding || allScoresTheSame(problem, attribution.target, seen))) {
        attribution.onlyRounding = true;
        attribution.map.setTo(0.0F);
        if (!attribution.standardError.empty()) attribution.standardError.setTo(0.0F);
        extent = extentOf(attribution.map);
    }
    const auto pixels = static_cast<std::int64_t>(attribution.map.total());
    if (extent.undefined > 0) attribution.facts["undefined_pixels"] = static_cast<double>(extent.undefined);
    if (extent.defined > 0 && extent.least < extent.most) {
        if (extent.undefined > 0 && stage == Stage::Final)
            attribution.summary =
                fmt::format("undefined in {} of {} pixels, {}", extent.undefined, pixels, attribution.summary);
        return;
    }
    attribution.facts["empty_map"] = 1.0;
    if (extent.defined == 0)
        attribution.summary = "undefined everywhere";
    else if (attribution.onlyRounding)
        attribution.summary = "0 everywhere, but for rounding";
    else
        attribution.summary = fmt::format("{:.3g} everywhere", extent.least);
}

}  // namespace

void flagEmptyMaps(const Problem& problem, const Report& report, Stage stage, std::vector<Attribution>& attributions) {
    for (std::size_t t = 0; t < attributions.size(); ++t) flag(problem, report.seen(t), stage, attributions[t]);
}

void requireSomethingDefined(const Problem& problem, const std::string& method,
                             const std::vector<Attribution>& attributions) {
    const auto suspicious = [](const Attribution& a) {
        return a.facts.contains("empty_map") || a.facts.contains("undefined_pixels");
    };
    if (!std::ranges::all_of(attributions, suspicious)) return;
    const at::Tensor logits = problem.network->logits(problem.input);
    std::string undefined;
    for (const Attribution& attribution : attributions) {
        const double score = problem.score(logits, attribution.target)[0].item<double>();
        const bool map = extentOf(attribution.map).defined > 0;
        if (map && std::isfinite(score)) return;
        const std::string& label = problem.model->label(attribution.target.classIndex);
        undefined = std::isfinite(score)
                        ? fmt::format(
                              "the score of {} is {:.4g}, but what {} takes from the network is not a number; "
                              "choose another precision or method",
                              label, score, method)
                        : fmt::format(
                              "the network's score of {} for this picture is {}; check the card's divide, mean "
                              "and std, and the model's weights",
                              label, std::isnan(score) ? "not a number" : "infinite");
    }
    throw Error(ErrorKind::Run,
                fmt::format("{} of {} is undefined everywhere: {}.", method, problem.model->name(), undefined));
}

}  // namespace discern
