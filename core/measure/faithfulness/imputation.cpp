#include "core/measure/faithfulness/imputation.h"

#include <algorithm>

namespace discern {
namespace {

constexpr double kBeside = 1.0 / 6;
constexpr double kAcross = 1.0 / 12;

using Values = std::vector<double>;

/// The system of the removed pixels, A x = b, on a grid with a border of one cell: symmetric, and positive definite
/// while one pixel is left. Everything is zero where no pixel is removed.
struct System {
    std::size_t stride;  ///< of a row of the grid
    Values removed;      ///< 1 where the pixel is removed, else 0
    Values diagonal;     ///< the weights of a removed pixel's neighbours; 1 elsewhere
    std::size_t first;   ///< the grid's first and last cell inside the border
    std::size_t last;

    /// What the eight neighbours give; the border's own cells are left alone.
    void addNeighbours(const Values& x, Values& sums) const {
        const double* const at = x.data();
        const auto row = static_cast<std::ptrdiff_t>(stride);
        for (std::size_t i = first; i <= last; ++i) {
            const double* const here = at + i;
            sums[i] = kBeside * (here[-1] + here[1] + here[-row] + here[row]) +
                      kAcross * (here[-row - 1] + here[-row + 1] + here[row - 1] + here[row + 1]);
        }
    }

    void multiply(const Values& x, Values& result) const {
        addNeighbours(x, result);
        for (std::size_t i = first; i <= last; ++i) result[i] = removed[i] * (diagonal[i] * x[i] - result[i]);
    }
};

double dot(const Values& a, const Values& b) {
    double sum = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
    return sum;
}

/// Conjugate gradients, preconditioned by the diagonal, until the residual is a 1e-7th of the right side.
void solve(const System& system, const Values& b, Values& x, std::size_t unknowns) {
    constexpr double kTolerance = 1e-7;
    const std::size_t n = b.size();
    Values residual(n, 0.0);
    Values conditioned(n, 0.0);
    Values moved(n, 0.0);
    system.multiply(x, residual);
    for (std::size_t i = 0; i < n; ++i) residual[i] = b[i] - residual[i];
    for (std::size_t i = 0; i < n; ++i) conditioned[i] = residual[i] / system.diagonal[i];
    Values direction = conditioned;
    double product = dot(residual, conditioned);
    const double enough = kTolerance * kTolerance * (dot(b, b) + 1e-30);
    for (std::size_t round = 0; round < unknowns + 10 && dot(residual, residual) > enough; ++round) {
        system.multiply(direction, moved);
        const double step = product / dot(direction, moved);
        for (std::size_t i = 0; i < n; ++i) x[i] += step * direction[i];
        for (std::size_t i = 0; i < n; ++i) residual[i] -= step * moved[i];
        for (std::size_t i = 0; i < n; ++i) conditioned[i] = residual[i] / system.diagonal[i];
        const double next = dot(residual, conditioned);
        const double kept = next / product;
        for (std::size_t i = 0; i < n; ++i) direction[i] = conditioned[i] + kept * direction[i];
        product = next;
    }
}

}  // namespace

void LinearImputation::fill(std::vector<double>& image, const std::vector<std::int32_t>& removed,
                            std::int64_t channels) const {
    const auto width = static_cast<std::size_t>(width_);
    const auto height = static_cast<std::size_t>(height_);
    const std::size_t stride = width + 2;
    const std::size_t cells = (height + 2) * stride;
    const auto cellOf = [&](std::size_t pixel) { return (pixel / width + 1) * stride + pixel % width + 1; };
    System system{stride, Values(cells, 0.0), Values(cells, 0.0), stride + 1, (height + 1) * stride - 2};
    for (const std::int32_t pixel : removed) system.removed[cellOf(static_cast<std::size_t>(pixel))] = 1.0;
    Values inside(cells, 0.0);
    for (std::size_t pixel = 0; pixel < width * height; ++pixel) inside[cellOf(pixel)] = 1.0;
    system.addNeighbours(inside, system.diagonal);
    for (std::size_t i = 0; i < cells; ++i)
        if (system.removed[i] == 0.0) system.diagonal[i] = 1.0;
    const auto depth = static_cast<std::size_t>(channels);
    for (std::size_t c = 0; c < depth; ++c) {
        Values known(cells, 0.0);
        Values x(cells, 0.0);
        for (std::size_t pixel = 0; pixel < width * height; ++pixel) {
            const std::size_t cell = cellOf(pixel);
            (system.removed[cell] == 0.0 ? known : x)[cell] = image[pixel * depth + c];
        }
        Values right(cells, 0.0);
        system.addNeighbours(known, right);
        for (std::size_t i = 0; i < cells; ++i) right[i] *= system.removed[i];
        solve(system, right, x, removed.size());
        for (const std::int32_t pixel : removed)
            image[static_cast<std::size_t>(pixel) * depth + c] = x[cellOf(static_cast<std::size_t>(pixel))];
    }
}

}  // namespace discern
