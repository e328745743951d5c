#pragma once

#include <cstdint>
#include <map>
#include <opencv2/core.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/store/npy.h"

namespace discern {

/// Whether an explanation is of a class's logit or of its probability.
enum class ScoreKind { Logit, Probability };

/// What is explained.
struct Target {
    int classIndex = -1;             ///< -1: the model's own top-1
    int versus = -1;                 ///< -1: none; else the score is that of classIndex minus that of versus
    std::optional<ScoreKind> score;  ///< unset: the method's default

    bool operator==(const Target&) const = default;
};

/// The signed map that an explanation yields.
struct Attribution {
    FloatArray raw;         ///< the method's own array: C,H,W for input gradients and occlusion, h,w before upsampling
                            ///< for CAMs, one value a segment for LIME and SHAP
    cv::Mat map;            ///< CV_32FC1 in model-input pixels; NaN where undefined
    bool isSigned = false;  ///< whether negative values mean evidence against the target
    std::string unit;       ///< of `map`, e.g. "Δ logit"
    cv::Mat segments;       ///< CV_32SC1 in model-input pixels, ids from 0; empty where the method has none
    cv::Mat standardError;  ///< CV_32FC1 like `map`; empty where the method has none
    Target target;          ///< as asked, with every -1 and unset made definite
    std::int64_t evaluations = 0;  ///< forward passes spent, one an image
    double seconds = 0.0;
    int threads = 0;        ///< of the processor, with which it was computed
    std::string summary;    ///< what the number on the cell is, e.g. "R² 0.71" or "Σ 7.31 = f(x) − f(∅)"
    std::string certainty;  ///< how sure it is, e.g. "± 0.04" or "top 5 stable"; empty where nothing is known
    /// Set by a method that finds nothing but what rounding leaves; explain() then makes `map` zero and says so.
    bool onlyRounding = false;
    std::map<std::string, double> facts;  ///< named figures: intercept, r2, convergence_delta, f_x, f_empty, ...
};

}  // namespace discern
