#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace discern {

/// Watches the order of an estimate's largest values while it is refined.
class Stability {
public:
    explicit Stability(int k) : k_(k) {}

    /// Adds the estimate after `evaluations`, counted upwards.
    void see(std::int64_t evaluations, const std::vector<double>& values);

    /// True where the order of the k largest has not changed over the last quarter of the evaluations, and at least
    /// kFewest were spent.
    [[nodiscard]] bool stable() const;
    /// "top 5 stable" or "top 5 not stable yet".
    [[nodiscard]] std::string text() const;

    static constexpr std::int64_t kFewest = 256;

private:
    int k_;
    std::vector<int> order_;
    std::int64_t since_ = 0;
    std::int64_t evaluations_ = 0;
};

/// After which evaluations the order is looked at. Given numbers, not the clock: what is found must not depend on the
/// machine's speed.
class Looks {
public:
    Looks(std::int64_t budget, bool mayStop) : budget_(budget), mayStop_(mayStop) {
        next_ = mayStop ? Stability::kFewest / 2 : budget - budget / 4;
    }

    /// True where a look is due after this many evaluations; the next one is set.
    [[nodiscard]] bool due(std::int64_t evaluations);

private:
    std::int64_t budget_;
    bool mayStop_;
    std::int64_t next_ = 0;
};

/// Indices of the k largest values, falling; of equal ones the first comes first.
[[nodiscard]] std::vector<int> topIndices(const std::vector<double>& values, int k);

}  // namespace discern
