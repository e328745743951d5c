#pragma once

#include <string>
#include <vector>

#include "core/store/npy.h"

namespace discern {

/// What an array that a person gives in the place of drawn or computed values must look like.
struct ReplayRule {
    std::string what;                ///< for messages, in the plural: "segments"
    std::vector<std::string> shape;  ///< one word or number a dimension; numbers must be met: {"rows", "8"}
    double least = 0.0;
    double most = 1.0;
    bool whole = false;  ///< whole numbers only
};

/// The array in `file`. Throws Error(Input) that names the file and the first thing that does not fit: no or other
/// dimensions, no values at all, or a value that is not a number, not whole, or out of range.
[[nodiscard]] FloatArray readReplay(const std::string& file, const ReplayRule& rule);

}  // namespace discern
