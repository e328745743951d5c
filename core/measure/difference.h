#pragma once

#include "core/measure/common_ground.h"

namespace discern {

/// a / max|a| − b / max|b| where both maps lie, each divided by its own largest magnitude (over its whole map), since
/// methods and models give attributions in units of their own; a map of zeros stays zero. Values in −2..2, NaN where
/// either is undefined. Empty where the two have no place in common.
[[nodiscard]] PlacedMap scaledDifference(const PlacedMap& a, const PlacedMap& b);

}  // namespace discern
