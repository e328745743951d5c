#pragma once

#include <cmath>
#include <cstdint>
#include <random>
#include <utility>
#include <vector>

namespace discern {

/// Seeded draws that are the same with every standard library: the engine is standardised, std's distributions are not.
class Random {
public:
    explicit Random(std::uint64_t seed) : engine_(seed) {}

    /// In [0, 1).
    double uniform() { return static_cast<double>(engine_() >> 11) * 0x1.0p-53; }

    bool chance(double probability) { return uniform() < probability; }

    /// In 0..count-1, each equally likely.
    std::int64_t below(std::int64_t count) {
        const auto n = static_cast<std::uint64_t>(count);
        const std::uint64_t limit = std::mt19937_64::max() - std::mt19937_64::max() % n;
        std::uint64_t draw = engine_();
        while (draw >= limit) draw = engine_();
        return static_cast<std::int64_t>(draw % n);
    }

    /// Mean 0, deviation 1 (Marsaglia's polar method, the second of each pair left unused).
    double normal() {
        double u = 0.0;
        double s = 0.0;
        do {
            u = 2.0 * uniform() - 1.0;
            const double v = 2.0 * uniform() - 1.0;
            s = u * u + v * v;
        } while (s >= 1.0 || s == 0.0);
        return u * std::sqrt(-2.0 * std::log(s) / s);
    }

    template <typename T>
    void shuffle(std::vector<T>& values) {
        for (std::size_t i = values.size(); i > 1; --i)
            std::swap(values[i - 1], values[static_cast<std::size_t>(below(static_cast<std::int64_t>(i)))]);
    }

private:
    std::mt19937_64 engine_;
};

}  // namespace discern
