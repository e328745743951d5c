#pragma once

#include "core/evaluate/evaluation.h"
#include "core/run/compute.h"
#include "core/run/progress.h"

namespace discern {

class Model;

/// What the model weighs, and with `timed` what it takes here: latency and throughput as Model::measureSpeed() measures
/// them, the memory of its best batch, and time and memory of a forward and a backward pass to the picture in batches as
/// large as the network takes with gradients. Memory is what LibTorch holds at once beyond the weights. The backward pass
/// leaves out the gradients of the weights, which a training step needs too (about half as much again), as a note says.
/// What cannot be measured is NaN, and a note says why. Throws Error(Cancelled).
[[nodiscard]] EvaluatedCost costOf(const Model& model, Compute compute, bool timed, Progress& progress);

}  // namespace discern
