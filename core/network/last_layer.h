#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "core/network/layers.h"

namespace discern {

/// Entries among the layers that only lay the values of another differently, by index, and which layer that is; none
/// where the values are no layer's, as those of windows laid out as a batch.
using Rearranged = std::map<std::size_t, std::optional<std::size_t>>;

/// Finds the layer that "last" means and writes it into `anatomy`, together with where the places of tokens like its
/// own lie: the last value with a spatial grid that all evidence from the picture passes through and whose places
/// influence the class. A few passes with random pictures, one of them with a gradient, tell
/// - how a value's places lie: they answer to what is exchanged at their side of the picture;
/// - whether the places influence the class: their gradient is not zero. Behind a class token it is;
/// - whether a later value, a class token past which a shortcut leads, still holds all evidence of the places: their
///   gradient is then passed back through it alone. That finds the input of the last attention.
/// Where evidence takes several ways at once and never meets on a grid, the last layer of one of them is taken. A
/// rearranged value counts only where what it rearranges lies on no grid: a map put together from windows.
/// `x`: N,C,H,W, for its sizes and range; `ends`: the values that hold the table of scores; `table` reads it from the
/// outputs.
void findLast(Anatomy& anatomy, const Rearranged& rearranged, const Program& program, const at::Tensor& x,
              const std::vector<const torch::jit::Value*>& ends, const ReadTable& table);

}  // namespace discern
