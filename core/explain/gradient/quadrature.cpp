#include "core/explain/gradient/quadrature.h"

#include <cmath>
#include <numbers>

namespace discern {
namespace {

/// The Legendre polynomial of degree n and its derivative at x.
struct Legendre {
    double value;
    double slope;
};

Legendre legendre(int n, double x) {
    double before = 1.0;
    double value = x;
    for (int k = 2; k <= n; ++k) {
        const double next = ((2.0 * k - 1.0) * x * value - (k - 1.0) * before) / k;
        before = value;
        value = next;
    }
    return {value, n * (x * value - before) / (x * x - 1.0)};
}

}  // namespace

Quadrature gaussLegendre(int n) {
    Quadrature rule;
    for (int i = 0; i < n; ++i) {
        // Newton's method from Tricomi's estimate of the i-th smallest root converges in a few steps.
        double x = -std::cos(std::numbers::pi * (i + 0.75) / (n + 0.5));
        for (int step = 0; step < 8; ++step) {
            const Legendre p = legendre(n, x);
            x -= p.value / p.slope;
        }
        const double slope = legendre(n, x).slope;
        rule.points.push_back((1.0 + x) / 2.0);
        rule.weights.push_back(1.0 / ((1.0 - x * x) * slope * slope));
    }
    return rule;
}

Quadrature interleaved(const Quadrature& rule, std::size_t batch) {
    const std::size_t n = rule.points.size();
    const std::size_t stride = (n + batch - 1) / batch;
    Quadrature result;
    for (std::size_t first = 0; first < stride; ++first)
        for (std::size_t i = first; i < n; i += stride) {
            result.points.push_back(rule.points[i]);
            result.weights.push_back(rule.weights[i]);
        }
    return result;
}

}  // namespace discern
