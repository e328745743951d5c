#pragma once

#include <functional>
#include <string>

#include "core/model/formats/onnx/batch_sizes.h"
#include "core/model/formats/onnx/onnx_graph.h"

namespace discern {

/// Computes an ONNX graph, operator after operator, by LibTorch's. What does not depend on the picture is computed
/// without being traced, and so becomes a constant of the traced graph.
class OnnxInterpreter {
public:
    /// `origin` names the file for messages. Without `sizes`, sizes may depend on what the inputs hold.
    OnnxInterpreter(const OnnxFile& file, std::string origin, BatchSizes* sizes = nullptr)
        : file_(file), origin_(std::move(origin)), sizes_(sizes) {}

    /// Called after each operator that depends on the picture.
    std::function<void(const OnnxNode&)> computed;

    /// One tensor for each input, one for each output of the graph. Throws Error(Model) that names the operator, its
    /// version and its node where one is unknown or cannot be computed.
    [[nodiscard]] std::vector<at::Tensor> run(const std::vector<at::Tensor>& inputs) const;

private:
    struct Value {
        at::Tensor tensor;
        bool live = false;   ///< depends on what the picture shows
        bool sized = false;  ///< depends on how many pictures there are, or how large
    };
    class Scope;

    [[nodiscard]] std::vector<Value> runGraph(const OnnxGraph& graph, const std::vector<Value>& inputs,
                                              const Scope* outer) const;
    [[nodiscard]] std::vector<Value> compute(const OnnxNode& node, const Scope& scope) const;
    [[nodiscard]] std::vector<Value> computeIf(const OnnxNode& node, const std::vector<Value>& inputs,
                                               const Scope& scope) const;
    [[nodiscard]] std::vector<Value> computeLoop(const OnnxNode& node, const std::vector<Value>& inputs,
                                                 const Scope& scope) const;
    [[nodiscard]] std::vector<Value> computeOperator(const OnnxNode& node, const std::vector<Value>& inputs) const;
    [[nodiscard]] bool isTrue(const Value& condition) const;

    const OnnxFile& file_;
    std::string origin_;
    BatchSizes* sizes_;
};

}  // namespace discern
