#pragma once

#include <torch/csrc/jit/ir/ir.h>

#include <functional>
#include <string>
#include <vector>

#include "core/error.h"
#include "core/model/formats/exported/exported_program.h"

namespace discern {

/// Why a node cannot be taken over; the builder adds which it is.
struct ExportedRefusal : Error {
    explicit ExportedRefusal(const std::string& reason) : Error(ErrorKind::Model, reason) {}
};

/// The value of that name; throws ExportedRefusal where nothing before has made it.
using NamedValues = std::function<torch::jit::Value*(const std::string&)>;

/// Adds a call of an operator of LibTorch's ("conv2d", "default") to the graph, its arguments by the names of its schema,
/// and gives its results: of a list that it returns, the `wanted` elements. Throws ExportedRefusal where LibTorch has no
/// such operator, or an argument is missing, unknown, of another kind or larger than in any sensible network.
[[nodiscard]] std::vector<torch::jit::Value*> callOperator(torch::jit::Graph& graph, const std::string& name,
                                                           const std::string& overload,
                                                           const std::vector<ExportedArgument>& arguments,
                                                           std::size_t wanted, const NamedValues& values);

/// Adds arithmetic with sizes ("_operator.mul"); nothing where there is no such. Throws ExportedRefusal.
[[nodiscard]] torch::jit::Value* callSizeArithmetic(torch::jit::Graph& graph, const std::string& target,
                                                    const std::vector<ExportedArgument>& arguments,
                                                    const NamedValues& values);

}  // namespace discern
