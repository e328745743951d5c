#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "core/explain/problem.h"

namespace discern {

/// What a picture is compared with, normalised, as the parameter `baseline` says: zero, a grey level, mean or blur (see
/// keywordColor()), a picture file, or every picture of a folder. A keyword is never taken for a file of that name.
/// Pictures are read when they are asked for, and only some are kept, so that a folder may hold any number.
class Baselines {
public:
    /// Throws Error(Usage) where the parameter is none of these, Error(Input) where a folder holds no picture.
    explicit Baselines(const Problem& problem);

    [[nodiscard]] std::int64_t count() const;
    /// 1,C,H,W. Throws Error(Input) on a picture that cannot be read.
    [[nodiscard]] at::Tensor row(std::int64_t index) const;
    /// Those at `indices`, in order: N,C,H,W.
    [[nodiscard]] at::Tensor rows(std::span<const std::int64_t> indices) const;

private:
    const Problem& problem_;
    at::Tensor color_;  ///< undefined where `paths_` name pictures
    std::vector<std::filesystem::path> paths_;
    mutable std::map<std::int64_t, at::Tensor> kept_;
};

/// The one baseline, 1,C,H,W. Throws Error(Usage) where `baseline` names a folder of several pictures.
[[nodiscard]] at::Tensor singleBaseline(const Problem& problem);

/// It, in the form of GradientMaps::baselines.
[[nodiscard]] std::function<at::Tensor(std::int64_t, std::int64_t)> single(const at::Tensor& baseline);

/// The parameter that Baselines reads; `pictures` says in words what a file may be.
[[nodiscard]] Parameter baselineParameter(const std::string& pictures = "a picture file");

}  // namespace discern
