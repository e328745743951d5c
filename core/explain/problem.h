#pragma once

#include <torch/script.h>

#include <functional>
#include <string>
#include <vector>

#include "core/explain/attribution.h"
#include "core/explain/method.h"
#include "core/image/preprocess.h"
#include "core/model/model.h"
#include "core/network/network.h"
#include "core/run/progress.h"

namespace discern {

/// What an explainer works on; every default made definite.
struct Problem {
    const Model& model;
    const Network& network;  ///< on the chosen device, in the chosen precision
    InputImage image;        ///< the input before normalisation
    at::Tensor input;        ///< 1,C,H,W, normalised
    std::vector<Target> targets;
    const Parameters& parameters;
    LayerInfo layer;  ///< for methods that use one
    std::uint64_t seed = 0;

    /// N: the target's score for each row of logits (N,classes).
    [[nodiscard]] at::Tensor score(const at::Tensor& logits, const Target& target) const;
    /// N,targets.
    [[nodiscard]] at::Tensor scores(const at::Tensor& logits) const;
    /// A value in 0..255 as it enters the network: 1,C,1,1.
    [[nodiscard]] at::Tensor normalised(double value) const;
    [[nodiscard]] int height() const { return static_cast<int>(input.size(2)); }
    [[nodiscard]] int width() const { return static_cast<int>(input.size(3)); }
};

/// How an explainer tells of itself.
class Report {
public:
    Report(Progress& progress, std::function<void(const std::vector<Attribution>&)> onPartial);

    void progress(double fraction, const std::string& stage);
    void checkpoint() const;
    /// True where a partial result is wanted now: at most ten times a second, and so rarely that building and showing
    /// them takes a tenth of the time.
    [[nodiscard]] bool wantsPartial();
    void partial(const std::vector<Attribution>& estimate);

private:
    Progress& progress_;
    std::function<void(const std::vector<Attribution>&)> onPartial_;
    std::int64_t nextPartialMs_ = 0;
    std::int64_t partialBegunMs_ = 0;
};

}  // namespace discern
