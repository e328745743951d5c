#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace discern {

struct OnnxGraph;

using OnnxAttribute = std::variant<std::int64_t, double, std::string, std::vector<std::int64_t>, std::vector<double>,
                                   std::vector<std::string>, at::Tensor, std::shared_ptr<const OnnxGraph>>;

/// One operator and what it is joined to.
struct OnnxNode {
    std::string op;
    std::string name;                 ///< for messages; may be empty
    std::string scope;                ///< path of modules, joined by dots, where the exporter left one
    std::vector<std::string> inputs;  ///< names of values; an empty one is left out
    std::vector<std::string> outputs;
    std::map<std::string, OnnxAttribute> attributes;
};

/// What enters a graph from outside.
struct OnnxInput {
    std::string name;
    std::vector<std::int64_t> shape;  ///< -1 where any length is taken; empty where nothing is said
    at::ScalarType type = at::kFloat;
};

/// Nodes in the order of computation, and the tensors that the file holds.
struct OnnxGraph {
    std::vector<OnnxNode> nodes;
    std::map<std::string, at::Tensor> weights;
    std::vector<OnnxInput> inputs;  ///< those that no weight stands for
    std::vector<std::string> outputs;
};

struct OnnxFile {
    OnnxGraph graph;
    std::int64_t opset = 0;  ///< of the domain ai.onnx
    std::map<std::string, std::string> metadata;
    std::vector<std::filesystem::path> beside;  ///< the files that hold its weights
};

}  // namespace discern
