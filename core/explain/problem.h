#pragma once

#include <ATen/ATen.h>

#include <memory>
#include <vector>

#include "core/explain/attribution.h"
#include "core/explain/method.h"
#include "core/explain/report.h"
#include "core/explain/request.h"
#include "core/image/preprocess.h"
#include "core/model/model.h"
#include "core/network/network.h"
#include "core/run/progress.h"

namespace discern {

/// What an explainer works on, every default made definite. A value of its own: it keeps alive what it refers to, so
/// that it can be stored, varied and asked without being explained.
struct Problem {
    std::shared_ptr<const Model> model;
    std::shared_ptr<const Network> network;  ///< on the chosen device, in the chosen precision
    InputImage image;                        ///< the input before normalisation
    at::Tensor input;                        ///< 1,C,H,W, normalised, on the network's device
    std::vector<Target> targets;             ///< with class and score
    const Method* method = nullptr;          ///< of the registry; null of a question that is asked, not explained
    Parameters parameters;                   ///< the method's
    LayerInfo layer;                         ///< for methods that use one
    std::uint64_t seed = 0;

    /// The same question about another picture, prepared as the model's card says; the targets stay.
    [[nodiscard]] Problem withPicture(const Picture& picture) const;
    /// The same question about an input that no picture needs to have given: 1,C,H,W, normalised. `image` becomes its
    /// pixels, cut to 0..255.
    [[nodiscard]] Problem withInput(const at::Tensor& another) const;
    /// The same question to other weights, or to another network for the same input; it runs where `another` is. Throws
    /// Error(Usage) where that network lacks a class or the layer.
    [[nodiscard]] Problem withNetwork(std::shared_ptr<const Network> another) const;

    /// N: the target's score for each row of logits (N,classes).
    [[nodiscard]] at::Tensor score(const at::Tensor& logits, const Target& target) const;
    /// N,targets.
    [[nodiscard]] at::Tensor scores(const at::Tensor& logits) const;
    /// N,targets: the scores of N inputs (N,C,H,W, normalised) in one pass. Differentiable where they require a
    /// gradient.
    [[nodiscard]] at::Tensor answers(const at::Tensor& inputs) const;
    /// The same for pictures, a few at a time.
    [[nodiscard]] at::Tensor answers(const std::vector<Picture>& pictures) const;
    /// A value in 0..255 as it enters the network: 1,C,1,1.
    [[nodiscard]] at::Tensor normalised(double value) const;
    [[nodiscard]] int height() const { return static_cast<int>(input.size(2)); }
    [[nodiscard]] int width() const { return static_cast<int>(input.size(3)); }
};

/// The problem that a request poses, not yet explained. Throws Error(Usage) for bad parameters, targets and layers,
/// Error(Input) where the picture does not fit the model, Error(Run), Error(Cancelled).
[[nodiscard]] Problem makeProblem(const ExplainRequest& request, Progress& progress);

/// The same without a method: scores can be asked for, nothing explained. Unset scores are logits; the request's
/// method, layer and parameters do not count.
[[nodiscard]] Problem makeQuestion(const ExplainRequest& request, Progress& progress);

}  // namespace discern
