#pragma once

#include <torch/csrc/jit/runtime/interpreter.h>
#include <ATen/ATen.h>
#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/ir/ir.h>

#include <memory>
#include <string>
#include <vector>

#include "core/graph/evaluation_form.h"

namespace discern {

/// A TorchScript graph (self, x) -> outputs and its code for the interpreter. Copies share both; thread-safe.
class Program {
public:
    Program() = default;
    Program(std::shared_ptr<torch::jit::Graph> graph, c10::IValue self);

    /// The graph's outputs in order. Differentiable where x requires a gradient.
    [[nodiscard]] std::vector<c10::IValue> run(const at::Tensor& x) const;

    /// With these values, by name, as further outputs.
    [[nodiscard]] Program withOutputs(const std::vector<std::string>& values) const;

    /// The same of a graph that takes `rows` pictures at once, all alike: of each value just the first row along
    /// `dimensions` is given, from which all rows then follow. A derivative with respect to it is so the picture's own.
    [[nodiscard]] Program withOutputsOfOne(const std::vector<std::string>& values,
                                           const std::vector<std::int64_t>& dimensions, std::int64_t rows) const;

    /// With its constants on another device, and its floating constants and casts in another type.
    [[nodiscard]] Program on(const at::Device& device, at::ScalarType type) const;

    /// Of a graph that takes N,H,W,C: one that takes N,C,H,W.
    [[nodiscard]] Program channelsFirst() const;

    /// Of a graph into which a trace wrote that `rows` pictures come at once: one that takes any number, if that number
    /// was all that tied it.
    [[nodiscard]] Program withFreeRows(std::int64_t rows) const;

    /// Of a graph into which a trace wrote a loop over `rows` pictures: one that answers the first alone; itself where
    /// there is no such loop.
    [[nodiscard]] Program withFirstOfLoop(std::int64_t rows) const;

    [[nodiscard]] const torch::jit::Graph& graph() const { return *graph_; }
    [[nodiscard]] std::shared_ptr<torch::jit::Graph> copyGraph() const { return graph_->copy(); }
    /// The frozen module; None where the graph reads nothing from it.
    [[nodiscard]] const c10::IValue& self() const { return self_; }

private:
    std::shared_ptr<torch::jit::Graph> graph_;
    c10::IValue self_;
    torch::jit::Code code_;
};

/// Whether batch normalisation is merged into the convolutions before it.
enum class BatchNorm { Kept, Folded };

/// The module frozen (weights become constants) and inlined into one graph without in-place operators, so that its
/// intermediate values keep what they hold; on the CPU, in fp32, as in evaluation. `repairs` tells what was put right.
[[nodiscard]] Program freezeToProgram(const torch::jit::Module& module, BatchNorm batchNorm, Repairs& repairs);

/// The value of that name in the graph's outermost block; null where there is none.
[[nodiscard]] torch::jit::Value* findValue(torch::jit::Graph& graph, const std::string& name);

}  // namespace discern
