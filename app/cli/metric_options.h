#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <string>
#include <vector>

#include "core/explain/given_parameters.h"
#include "core/measure/trust_metric.h"

namespace discern {

/// --metric, --mask and --no-baselines, which measure, explain and compare share.
class MetricOptions {
public:
    void declare(CLI::App& app, bool required);

    /// The metrics asked for, each once. Throws Error(Usage).
    [[nodiscard]] std::vector<const TrustMetric*> chosen() const;
    [[nodiscard]] bool withBaselines() const { return !noBaselines_; }
    [[nodiscard]] const std::vector<std::filesystem::path>& masks() const { return masks_; }
    /// The mask of the image that was named in this place; where none was given, IMAGE.mask.png beside it. Empty where
    /// there is none.
    [[nodiscard]] std::filesystem::path maskOf(std::size_t place, const std::filesystem::path& image) const;
    /// Throws Error(Usage) where there are masks, but not one an image, or a metric needs a region and no image has
    /// any.
    void check(const std::vector<std::filesystem::path>& images) const;

private:
    std::vector<std::string> metrics_;
    std::vector<std::filesystem::path> masks_;
    bool noBaselines_ = false;
};

[[nodiscard]] ParameterOwner ownerOf(const TrustMetric& metric);

}  // namespace discern
