#pragma once

#include <cstdint>
#include <vector>

namespace discern {

/// A dense float array in C order.
struct FloatArray {
    std::vector<std::int64_t> shape;
    std::vector<float> data;

    [[nodiscard]] bool empty() const { return data.empty(); }
};

}  // namespace discern
