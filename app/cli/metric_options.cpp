#include "app/cli/metric_options.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>

#include "core/error.h"

namespace discern {

void MetricOptions::declare(CLI::App& app, bool required) {
    auto* const metrics =
        app.add_option("--metric", metrics_, "A metric that 'discern-cli metrics' lists; may be repeated");
    if (required) {
        metrics->required();
    }
    app.add_option(
        "--mask", masks_,
        "A picture of the image's size, black outside the region where the evidence is; one for each image, in "
        "their order. Where missing, IMAGE.mask.png beside an image counts");
    app.add_flag("--no-baselines", noBaselines_, "Do not measure maps that know nothing of the model");
}

std::vector<const TrustMetric*> MetricOptions::chosen() const {
    std::vector<const TrustMetric*> metrics;
    for (const std::string& name : metrics_) {
        const TrustMetric* metric = &findTrustMetric(name);
        if (std::ranges::find(metrics, metric) == metrics.end()) {
            metrics.push_back(metric);
        }
    }
    return metrics;
}

std::filesystem::path MetricOptions::maskOf(std::size_t place, const std::filesystem::path& image) const {
    if (!masks_.empty()) {
        return place < masks_.size() ? masks_[place] : std::filesystem::path();
    }
    std::filesystem::path beside = image;
    beside.replace_extension(".mask.png");
    std::error_code failure;
    return std::filesystem::exists(beside, failure) ? beside : std::filesystem::path();
}

void MetricOptions::check(const std::vector<std::filesystem::path>& images) const {
    if (!masks_.empty() && masks_.size() != images.size()) {
        throw Error(ErrorKind::Usage, fmt::format("There are {} masks for {} images: give one --mask for each --image.",
                                                  masks_.size(), images.size()));
    }
    bool any = false;
    for (std::size_t i = 0; i < images.size(); ++i) {
        any = any || !maskOf(i, images[i]).empty();
    }
    for (const TrustMetric* metric : chosen()) {
        if (metric->needs == MetricNeeds::Region && !any) {
            throw Error(ErrorKind::Usage, metric->name +
                                              " needs a region: give --mask REGION.png, a picture of the image's size "
                                              "that is black outside of it.");
        }
    }
}

ParameterOwner ownerOf(const TrustMetric& metric) { return {metric.name, &metric.parameters}; }

}  // namespace discern
