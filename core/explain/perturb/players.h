#pragma once

#include <ATen/ATen.h>

#include <functional>
#include <opencv2/core.hpp>
#include <string>
#include <vector>

#include "core/explain/perturb/coalitions.h"

namespace discern {

struct Problem;

/// The parts into which an input is divided and which can be hidden one by one. Everything that LIME and Kernel SHAP
/// know of an input: superpixels of a picture (superpixels.h), or whatever else an input may be made of.
struct Players {
    int count = 0;
    /// Writes the inputs of the coalitions first .. first + N - 1 into `batch`, N inputs as the network takes them:
    /// players that a coalition keeps are as in the input, the others are hidden.
    std::function<void(const Coalitions& coalitions, std::int64_t first, at::Tensor batch)> compose;
    /// One value a player, laid out on the input: CV_32FC1 as large as the model's input; empty where `values` is.
    std::function<cv::Mat(const std::vector<double>& values)> paint;
    /// CV_32SC1 as large as the model's input: each place's player, for drawing their borders.
    cv::Mat places;
};

/// The players of a problem's input, hidden as its parameter of the name `hidden` says: superpixels of a picture.
/// Another kind of input comes in here.
[[nodiscard]] Players playersOf(const Problem& problem, const std::string& hidden);

}  // namespace discern
