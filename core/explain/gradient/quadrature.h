#pragma once

#include <cstddef>
#include <vector>

namespace discern {

/// Points in (0,1), rising, and their weights, which add up to 1.
struct Quadrature {
    std::vector<double> points;
    std::vector<double> weights;
};

/// The Gauss-Legendre rule with n points: exact for polynomials up to degree 2n - 1.
[[nodiscard]] Quadrature gaussLegendre(int n);

/// The same rule in an order in which each run of `batch` points spans the whole of (0,1).
[[nodiscard]] Quadrature interleaved(const Quadrature& rule, std::size_t batch);

}  // namespace discern
