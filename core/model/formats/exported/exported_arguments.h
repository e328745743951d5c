#pragma once

#include <torch/csrc/jit/ir/ir.h>

#include "core/model/formats/exported/exported_call.h"

namespace discern {

/// An argument as a value of the graph, of the type that the schema wants where it can be taken so: a whole number as a
/// fraction, one as a list, a number as a tensor. Throws ExportedRefusal where it is of another kind.
[[nodiscard]] torch::jit::Value* valueOf(torch::jit::Graph& graph, const ExportedArgument& argument,
                                         const c10::Argument& wanted, const NamedValues& values);

/// A number or a size; its type follows from what it is.
[[nodiscard]] torch::jit::Value* numberValueOf(torch::jit::Graph& graph, const ExportedArgument& argument,
                                               const NamedValues& values);

}  // namespace discern
