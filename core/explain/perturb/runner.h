#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <functional>
#include <vector>

#include "core/explain/problem.h"

namespace discern {

/// What the network answered to perturbed inputs: one row an input, one column a target.
struct Scores {
    std::int64_t rows = 0;
    std::int64_t targets = 1;
    std::vector<double> values;  ///< rows x targets

    [[nodiscard]] double at(std::int64_t row, std::int64_t target) const { return values[row * targets + target]; }
    [[nodiscard]] std::vector<double> column(std::int64_t target) const;
};

/// The one place where perturbed inputs meet the network: composes batches, runs them, scores every target at once,
/// reports progress and checks for cancellation before each batch. The batch is the network's own
/// (core/network/batch.h), so that the same call gives the same bytes; only a device that runs out of memory makes it
/// smaller.
class Runner {
public:
    /// N,targets: the scores of a batch of inputs.
    using Answers = std::function<at::Tensor(const at::Tensor& batch)>;
    /// Writes the inputs first .. first + N - 1 into `batch`: N,C,H,W, channels last, float32, on the network's device.
    using Compose = std::function<void(std::int64_t first, at::Tensor batch)>;
    /// Writes masks first .. first + N - 1 into `masks`: N,1,H,W, float32 on the CPU; 1 keeps the input, 0 hides it.
    using FillMasks = std::function<void(std::int64_t first, at::Tensor masks)>;
    /// Sees the rows so far after each batch; false stops the run early.
    using AfterBatch = std::function<bool(const Scores& soFar)>;

    /// `expected` is the number of evaluations of the whole explanation, over all calls; progress is measured by it.
    Runner(const Problem& problem, Report& report, std::int64_t expected);
    /// For inputs of another kind, of which `input` (1,C,H,W, float32) is the unperturbed one, `batch` at a time.
    Runner(Answers answers, const at::Tensor& input, std::int64_t batch, Report& report, std::int64_t expected);

    /// `count` inputs of the caller's own making.
    Scores run(std::int64_t count, const Compose& compose, const AfterBatch& afterBatch = {});

    /// mask * input + (1 - mask) * baseline. `baseline`: broadcastable to 1,C,H,W, normalised.
    Scores masked(std::int64_t count, const at::Tensor& baseline, const FillMasks& fill,
                  const AfterBatch& afterBatch = {});

    /// 1,C,H,W: the unperturbed input as Compose needs it.
    [[nodiscard]] const at::Tensor& input() const { return input_; }
    /// Forward passes so far, one an image.
    [[nodiscard]] std::int64_t evaluations() const { return evaluations_; }

private:
    Answers answers_;
    at::Tensor input_;
    Report& report_;
    std::int64_t batch_;
    std::int64_t expected_;
    std::int64_t evaluations_ = 0;
};

}  // namespace discern
