#pragma once

#include <ATen/ATen.h>
#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/ir/ir.h>

#include <string>
#include <vector>

namespace discern {

/// What was put right in a graph, in sentences for people; empty where nothing was.
using Repairs = std::vector<std::string>;

/// The module's floating-point weights in fp32, in place: files hold half, bfloat16 and double ones.
[[nodiscard]] Repairs weightsToFloat(torch::jit::Module& module);

/// Switches off in the graph what belongs to training and was written down with it: dropout, and batch normalisation
/// by the batch's own statistics where running ones are there.
[[nodiscard]] Repairs useEvaluation(torch::jit::Graph& graph);

/// Lets go of what holds only while values lie in memory in the order of their dimensions, which in Discern they do not:
/// views become reshapes, and what reads strides gets values in that order.
void freeOfStrides(torch::jit::Graph& graph);

/// Replaces inputs behind the picture that have a default value by that value. `module` declares the defaults.
void bindDefaults(torch::jit::Graph& graph, const torch::jit::Module& module);

/// Gives the graph a copy of the picture where it writes into any value, which may be the picture. Returns whether it
/// does.
bool copyInputIfWritten(torch::jit::Graph& graph);

/// Takes pictures as N,C,H,W from here on, where the graph takes N,H,W,C.
void takeChannelsFirst(torch::jit::Graph& graph);

/// Where a trace wrote down that `rows` pictures came, takes the number of those that come: as the first size of what a
/// value made from the picture is reshaped to, and of what anything is expanded to.
void freeRows(torch::jit::Graph& graph, std::int64_t rows);

/// Where a trace wrote down a loop over `rows` pictures, whose answers are put on top of each other at the end: leaves
/// the first one's. Returns whether there is such a loop.
bool keepFirstOfLoop(torch::jit::Graph& graph, std::int64_t rows);

/// The operators in the graph that draw random numbers, each once, e.g. "rand_like".
[[nodiscard]] std::vector<std::string> randomOperators(const torch::jit::Graph& graph);

/// Constants on another device, floating-point ones in another type, and casts that are written into the graph as casts
/// to that type; moves to a device that the code names are left out. Returns whether the graph asked for another floating-point type than fp32 somewhere.
bool moveGraph(torch::jit::Graph& graph, const at::Device& device, at::ScalarType type);

}  // namespace discern
