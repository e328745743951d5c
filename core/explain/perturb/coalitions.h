#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace discern {

/// Sets of kept segments, row by row: 1 where a segment is kept, 0 where it is hidden.
struct Coalitions {
    int players = 0;
    std::vector<std::uint8_t> kept;  ///< rows x players

    [[nodiscard]] std::int64_t rows() const {
        return players == 0 ? 0 : static_cast<std::int64_t>(kept.size()) / players;
    }
    [[nodiscard]] std::span<const std::uint8_t> row(std::int64_t index) const {
        return {kept.data() + index * players, static_cast<std::size_t>(players)};
    }
    [[nodiscard]] int size(std::int64_t index) const {
        const auto segments = row(index);
        return static_cast<int>(std::count(segments.begin(), segments.end(), std::uint8_t{1}));
    }
    void add(const std::vector<std::uint8_t>& segments) { kept.insert(kept.end(), segments.begin(), segments.end()); }
    /// Rows first .. first + count - 1.
    [[nodiscard]] Coalitions part(std::int64_t first, std::int64_t count) const {
        return {players, {kept.begin() + first * players, kept.begin() + (first + count) * players}};
    }
};

}  // namespace discern
