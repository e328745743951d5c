#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/graph/program.h"
#include "core/network/layer_info.h"

namespace discern {

/// Shapes by the name of a graph's value.
using Shapes = std::map<std::string, std::vector<std::int64_t>>;

/// What one run of the network showed of its graph.
struct Anatomy {
    std::vector<LayerInfo> layers;    ///< in the order of computation
    std::vector<std::string> values;  ///< the graph's name of each layer's value
    std::size_t last = 0;             ///< index of the layer that "last" means
    bool hasSpatialLayer = false;     ///< else `last` means nothing
    Shapes shapes;                    ///< of every tensor in the graph's outermost block
};

/// Runs the network once with every tensor as an output: the shapes of all that it makes. `x`: N,C,H,W.
[[nodiscard]] Shapes shapesOf(const Program& program, const at::Tensor& x);

/// The shapes as they would be for one of these N pictures.
[[nodiscard]] Shapes ofOnePicture(Shapes shapes, std::int64_t pictures);

/// The table of scores, N,classes, among a program's outputs.
using ReadTable = std::function<at::Tensor(const std::vector<c10::IValue>& outputs)>;

/// Runs the network once with every tensor as an output, and a few times more to find `last` (last_layer.h).
/// `x`: a picture, N,C,H,W, repeated where the network takes no fewer. The layers' shapes are those of one.
[[nodiscard]] Anatomy probe(const Program& program, const at::Tensor& x, const ReadTable& table);

}  // namespace discern
