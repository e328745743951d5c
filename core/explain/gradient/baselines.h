#pragma once

#include <torch/script.h>

#include <string>

#include "core/explain/problem.h"

namespace discern {

/// What a picture is compared with, N,C,H,W, normalised, as the parameter `baseline` says: zero, a grey level, mean or
/// blur (see hiddenColor()), a picture file, or a folder with one picture a row.
/// Throws Error(Usage) on other words and Error(Input) on pictures that cannot be read.
[[nodiscard]] at::Tensor baselines(const Problem& problem);

/// The one baseline, 1,C,H,W. Throws Error(Usage) where `baseline` names a folder of several pictures.
[[nodiscard]] at::Tensor singleBaseline(const Problem& problem);

/// The parameter that baselines() reads; `pictures` says in words what a file may be.
[[nodiscard]] Parameter baselineParameter(const std::string& pictures = "a picture file");

}  // namespace discern
