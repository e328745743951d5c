#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace discern {

/// What a node is given or gives, as torch.export writes it (torch/_export/serde/schema.py, `Argument`).
struct ExportedArgument {
    std::string name;      ///< the operator's own name for it; empty where it is given by a node
    std::string kind;      ///< "as_tensor", "as_ints", "as_sym_int" ...
    nlohmann::json value;  ///< of that kind: names of values, or numbers
};

/// One call of an operator.
struct ExportedNode {
    std::string target;  ///< "torch.ops.aten.conv2d.default", "_operator.mul"
    std::string name;    ///< for messages
    std::string scope;   ///< path of the module that called it, joined by dots; empty for the network itself
    std::vector<ExportedArgument> inputs;
    std::vector<ExportedArgument> outputs;
};

/// A parameter, a buffer or a constant.
struct ExportedWeight {
    at::Tensor values;
    bool parameter = false;
};

/// What a caller gives.
struct ExportedInput {
    std::string name;
    std::vector<std::int64_t> shape;  ///< -1 where any length is taken
};

/// A program of torch.export: nodes in the order of computation, and what enters and leaves them by name.
struct ExportedProgram {
    std::vector<ExportedNode> nodes;
    std::map<std::string, ExportedWeight> weights;  ///< by the name that nodes call them
    std::vector<ExportedInput> inputs;
    std::vector<ExportedArgument> outputs;
    nlohmann::json outputTree;  ///< how the outputs lie in what forward() returns
    std::string card;           ///< the text of the card in the archive; empty where there is none
};

}  // namespace discern
