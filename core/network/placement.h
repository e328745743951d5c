#pragma once

#include <ATen/ATen.h>

#include <optional>
#include <utility>
#include <vector>

#include "core/network/layer_info.h"

namespace discern {

/// Where the places of a value may lie.
struct Placement {
    GridLayout layout = GridLayout::None;
    int height = 0;
    int width = 0;
    int extraTokens = 0;  ///< before the patches
};

/// What became of a value when a picture's left half was exchanged, and its upper half.
struct Response {
    at::Tensor whole;  ///< the value for the picture as it is; of each, the first of the batch counts
    at::Tensor left;
    at::Tensor upper;
};

/// The same of several pictures. Where places are few, or all answer a little, one alone can mislead by chance.
using Responses = std::vector<Response>;

/// The value as places,channels: row by row, extra tokens left out.
[[nodiscard]] at::Tensor atPlaces(const at::Tensor& value, const Placement& placement);

/// All placements that fit a shape. `pictures`: height and width of the input; `known`: grids met in the network.
[[nodiscard]] std::vector<Placement> possiblePlacements(const std::vector<std::int64_t>& shape,
                                                        std::pair<int, int> picture,
                                                        const std::vector<std::pair<int, int>>& known);

/// The placement in which places answer to what is exchanged at their side of the picture. `expected` is what the
/// operators say; it stands where nothing answers clearly. Nothing where the places form no grid: they answer to rows
/// but not to columns, or nothing is expected and nothing answers.
[[nodiscard]] std::optional<Placement> findPlacement(const Responses& responses, const std::vector<Placement>& possible,
                                                     const std::optional<Placement>& expected);

}  // namespace discern
