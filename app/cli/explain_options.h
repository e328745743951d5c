#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/cli/compute_options.h"
#include "app/cli/inputs.h"
#include "app/cli/metric_options.h"
#include "core/explain/explain.h"
#include "core/explain/given_parameters.h"
#include "core/record/paths.h"

namespace discern {

/// An explanation that failed.
struct NotExplained {
    const NamedModel& model;
    const NamedPicture& picture;
    std::string method;  ///< empty where the prediction failed already
    std::string error;
};

/// The options that explain and compare share.
class ExplainOptions {
public:
    void declare(CLI::App& app);

    [[nodiscard]] const Inputs& inputs() const { return inputs_; }
    [[nodiscard]] const std::filesystem::path& out() const { return out_; }
    [[nodiscard]] Compute compute() const { return compute_.chosen(); }
    /// How files are told of in what is written.
    [[nodiscard]] Paths paths() const { return fullPaths_ ? Paths::Whole : Paths::Names; }
    /// A text for what is written, an error's say: without the folders of the files that the options name, unless
    /// asked.
    [[nodiscard]] std::string told(const std::string& text) const;

    [[nodiscard]] const MetricOptions& metrics() const { return metrics_; }
    [[nodiscard]] std::map<std::string, std::string> parametersOf(const TrustMetric& metric) const;
    /// The file that marks the region of a picture; empty where there is none.
    [[nodiscard]] std::filesystem::path maskOf(const Picture& picture) const;
    [[nodiscard]] std::uint64_t seed() const { return seed_; }

    /// The methods asked for, each once. Throws Error(Usage).
    [[nodiscard]] std::vector<const Method*> chosenMethods() const;
    /// Throws Error(Usage) where a --param fits no method and no metric or is no valid value, or masks are missing.
    void check() const;

    /// Explains one picture with every model and method, models outermost; an error of one stops no other.
    void run(const NamedPicture& picture, const std::vector<NamedModel>& models, Console& console,
             const std::function<void(const Explained&)>& done,
             const std::function<void(const NotExplained&)>& failed) const;

private:
    [[nodiscard]] GivenParameters parameters() const;
    [[nodiscard]] Target targetFor(const Model& model) const;
    [[nodiscard]] ExplainRequest request(const NamedModel& model, const NamedPicture& picture,
                                         const Method& method) const;

    Inputs inputs_;
    ComputeOptions compute_;
    MetricOptions metrics_;
    std::vector<std::string> methods_;
    std::vector<std::string> parameters_;
    std::optional<std::string> target_;
    std::optional<std::string> versus_;
    std::string score_ = "default";
    std::string layer_ = "last";
    std::uint64_t seed_ = 0;
    std::filesystem::path out_;
    bool fullPaths_ = false;
};

}  // namespace discern
