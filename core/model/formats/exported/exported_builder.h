#pragma once

#include <torch/csrc/jit/api/module.h>

#include <string>

#include "core/model/formats/exported/exported_program.h"

namespace discern {

/// The program as a TorchScript module: a node for each of its own, made by the operator's schema, weights as attributes,
/// sizes that are symbols read from the picture. Nothing is computed. `file` names it for messages. Throws Error(Model)
/// that names operator and node where one is unknown or does not fit its arguments.
[[nodiscard]] torch::jit::Module moduleOf(const ExportedProgram& program, const std::string& file);

}  // namespace discern
