#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/network/layer_info.h"
#include "core/network/program.h"

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

/// Runs the network once with every tensor as an output. `x`: 1,C,H,W.
[[nodiscard]] Anatomy probe(const Program& program, const at::Tensor& x);

}  // namespace discern
