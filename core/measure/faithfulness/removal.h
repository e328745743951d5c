#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <string>
#include <vector>

#include "core/explain/perturb/runner.h"
#include "core/explain/problem.h"
#include "core/measure/trust_metric.h"

namespace discern {

/// The problem with its first target alone, scored as the metric's parameter `score` says ("explained": as the map's
/// own method did).
[[nodiscard]] Problem askedBy(const MetricTask& task);

/// The parameter that askedBy() reads.
[[nodiscard]] Parameter scoreParameter(const std::string& defaultValue);

/// What removed pixels show, 1,C,H,W, normalised: a word that hiddenColor() takes, or "minimum", the smallest value of
/// the normalised input (package quantus calls it black).
[[nodiscard]] at::Tensor removedColor(const Problem& problem, const std::string& word);
/// The parameter `baseline` that removedColor() reads.
[[nodiscard]] Parameter removedColorParameter(const std::string& defaultValue);

/// Pixels in groups that are changed one after the other, most important first.
struct RemovalOrder {
    at::Tensor groups;  ///< H,W, int32 on the CPU: the step in which a pixel changes, from 0
    std::int64_t steps = 0;
    std::vector<double> shares;  ///< of the pixels that are changed after 0, 1, ... steps: steps + 1 values

    /// `perStep` pixels a step by falling value.
    RemovalOrder(const cv::Mat& map, std::int64_t perStep);
};

/// The scores of `start` after each step in which the next pixels, all of their channels, become those of `end`: rows
/// 0 (nothing changed) to `steps`. Tensors: 1,C,H,W.
[[nodiscard]] std::vector<double> scoresAlong(const RemovalOrder& order, const at::Tensor& start, const at::Tensor& end,
                                              Runner& runner);

/// Pixels changed a step: the parameter `step`, 8 times the map's height where it is 0.
[[nodiscard]] std::int64_t pixelsAStep(const MetricTask& task);
[[nodiscard]] Parameter stepParameter();

/// Area under the curve by the trapezoid rule over equal steps, 0..1 wide, as RISE's protocol has it.
[[nodiscard]] double areaUnder(const std::vector<double>& curve);
/// Why the area says nothing of the map: all pixels change in one step. Empty where it does.
[[nodiscard]] std::string whyNoOrder(const RemovalOrder& order);
/// What is to be said where a shorter last step counts as the others do and there are few of them; else nothing.
[[nodiscard]] std::vector<std::string> notesOnSteps(const RemovalOrder& order, std::int64_t perStep);

/// The name of the problem's score for the axis of a curve.
[[nodiscard]] std::string scoreAxis(const Problem& problem);

}  // namespace discern
