#pragma once

#include <torch/script.h>

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/explain/perturb/coalitions.h"
#include "core/explain/problem.h"

namespace discern {

/// One target's answer on superpixels.
struct SegmentEstimate {
    std::vector<double> values;          ///< one a segment
    std::vector<double> standardErrors;  ///< one a segment; empty where unknown
    std::map<std::string, double> facts;
    std::string summary;
    bool exact = false;  ///< nothing was estimated
};

/// What tells one method on superpixels from another: what is hidden, and how the answers are solved for.
struct SegmentPlan {
    cv::Mat segments{};     ///< CV_32SC1, ids 0 .. coalitions.players - 1
    at::Tensor baseline{};  ///< what hidden segments show; broadcastable to 1,C,H,W, normalised
    Coalitions coalitions;  ///< in the order in which they are evaluated
    /// From the scores of the first rows of `coalitions`, firstSolvable or more.
    std::function<SegmentEstimate(const std::vector<double>& scores)> solve;
    std::int64_t firstSolvable = 2;  ///< rows
};

/// Evaluates the plan's coalitions, shows the estimate while it sharpens, and stops early where the parameter `stop` is
/// "stable" and the order of the largest segments has settled.
[[nodiscard]] std::vector<Attribution> explainSegments(const Problem& problem, Report& report, const SegmentPlan& plan);

/// What attributions of this target are measured in: "Δ logit" or "Δ probability".
[[nodiscard]] std::string deltaUnit(const Target& target);

/// A method's own parameters, then those of every method on superpixels: segmentation, `stop` and `perturbations`.
[[nodiscard]] std::vector<Parameter> segmentParameters(std::vector<Parameter> own);

/// Coalitions from a .npy file: rows x segments, non-zero where kept. Throws Error(Input) where the columns are not the
/// segments.
[[nodiscard]] Coalitions readCoalitions(const std::string& file, int segments);

}  // namespace discern
