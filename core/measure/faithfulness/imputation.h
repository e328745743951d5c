#pragma once

#include <cstdint>
#include <vector>

namespace discern {

/// Fills removed pixels so that each is the weighted mean of its eight neighbours (1/6 beside it, 1/12 across corners;
/// beyond the edge there are none), by solving that sparse system (Rong et al. 2022, equation 4).
class LinearImputation {
public:
    LinearImputation(std::int64_t height, std::int64_t width) : height_(height), width_(width) {}

    /// `image`: H,W,C in C order; of the `removed` places (row by row from 0, each once) values are what the search
    /// starts from and become the solution.
    void fill(std::vector<double>& image, const std::vector<std::int32_t>& removed, std::int64_t channels) const;

private:
    std::int64_t height_;
    std::int64_t width_;
};

}  // namespace discern
