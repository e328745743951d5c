#pragma once

#include <ATen/ATen.h>

#include <optional>
#include <string>

#include "core/explain/problem.h"

namespace discern {

/// What hidden pixels show, normalised, 1,C,1,1 or 1,C,H,W. `word` is "zero" (zero after normalisation), a number (that
/// grey level, 0..255, before normalisation: 0 is black), "mean" (each segment's mean colour, or the picture's where
/// `segments` is empty), "blur" (a Gaussian with a width of a twentieth of the shorter side) or "blur(w,h)" (the mean
/// of a box of that many pixels, as package shap blurs). Nothing where it is another word. Throws Error(Usage) that
/// names `parameter` on numbers out of range.
[[nodiscard]] std::optional<at::Tensor> keywordColor(const Problem& problem, const std::string& word,
                                                     const cv::Mat& segments, const std::string& parameter);

/// The same; throws Error(Usage) that names `parameter` on any other word.
[[nodiscard]] at::Tensor hiddenColor(const Problem& problem, const std::string& word, const cv::Mat& segments,
                                     const std::string& parameter);

/// Whether it is one of the words that hiddenColor() takes.
[[nodiscard]] bool isHiddenColor(const std::string& word);

/// Why hiddenColor() does not take the word, in words that follow it; empty where it does.
[[nodiscard]] std::string whyNoHiddenColor(const std::string& word);

/// The parameter that hiddenColor() reads.
[[nodiscard]] Parameter hiddenColorParameter(const std::string& name, const std::string& defaultValue);

}  // namespace discern
