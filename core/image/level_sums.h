#pragma once

#include <cstdint>
#include <vector>

#ifdef __SSE2__
#include <emmintrin.h>

#include <cstring>
#endif

namespace discern {

/// Weighted sums of 8 bit levels, in fixed point with 22 fractional bits, rounded and clamped, bit by bit as a loop over
/// 32 bit integers has them. A weight is taken apart into high * 2^11 + low, whose halves fit the processor's product
/// of pairs of 16 bit numbers: two levels of several values at once.
struct WeightPair {
    std::int32_t high = 0;  ///< the high halves of two neighbouring weights, 16 bits each
    std::int32_t low = 0;
};

inline std::vector<WeightPair> pairsOf(const std::vector<std::int32_t>& weights) {
    constexpr std::int32_t lowMask = (1 << 11) - 1;
    const auto both = [](std::int32_t first, std::int32_t second) {
        return static_cast<std::int32_t>((static_cast<std::uint32_t>(second) << 16) | (static_cast<std::uint32_t>(first) & 0xFFFFU));
    };
    std::vector<WeightPair> pairs;
    for (std::size_t i = 0; i < weights.size(); i += 2) {
        const std::int32_t second = i + 1 < weights.size() ? weights[i + 1] : 0;
        pairs.push_back({both(weights[i] >> 11, second >> 11), both(weights[i] & lowMask, second & lowMask)});
    }
    return pairs;
}

#ifdef __SSE2__

/// Four sums at once.
class LevelSums {
public:
    /// `levels`: two levels of each of four values, beside each other.
    void add(__m128i levels, const WeightPair& weights) {
        high_ = _mm_add_epi32(high_, _mm_madd_epi16(levels, _mm_set1_epi32(weights.high)));
        low_ = _mm_add_epi32(low_, _mm_madd_epi16(levels, _mm_set1_epi32(weights.low)));
    }
    [[nodiscard]] __m128i rounded() const {
        const __m128i half = _mm_set1_epi32(1 << 21);
        return _mm_srai_epi32(_mm_add_epi32(_mm_add_epi32(_mm_slli_epi32(high_, 11), low_), half), 22);
    }

private:
    __m128i high_ = _mm_setzero_si128();
    __m128i low_ = _mm_setzero_si128();
};

inline __m128i eightLevels(const std::uint8_t* from) {
    return _mm_unpacklo_epi8(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(from)), _mm_setzero_si128());
}

/// One pixel of three channels. Reads up to eight bytes beyond the last pixel.
inline void sumAcross(const std::uint8_t* pixel, std::uint8_t* target, const std::vector<WeightPair>& weights) {
    LevelSums sums;
    for (const WeightPair& pair : weights) {
        const __m128i two = eightLevels(pixel);
        sums.add(_mm_unpacklo_epi16(two, _mm_srli_si128(two, 6)), pair);
        pixel += 6;
    }
    const __m128i levels = sums.rounded();
    const std::int32_t bytes = _mm_cvtsi128_si32(_mm_packus_epi16(_mm_packs_epi32(levels, levels), _mm_setzero_si128()));
    std::memcpy(target, &bytes, 3);
}

/// Eight values, each of the rows `stride` bytes apart; the row of a weight without a partner stands for both.
inline void sumDown(const std::uint8_t* from, std::size_t stride, std::size_t rows, std::uint8_t* target,
                    const std::vector<WeightPair>& weights) {
    LevelSums left;
    LevelSums right;
    for (std::size_t row = 0; row < rows; row += 2) {
        const __m128i first = eightLevels(from + row * stride);
        const __m128i second = row + 1 < rows ? eightLevels(from + (row + 1) * stride) : first;
        left.add(_mm_unpacklo_epi16(first, second), weights[row / 2]);
        right.add(_mm_unpackhi_epi16(first, second), weights[row / 2]);
    }
    const __m128i levels = _mm_packs_epi32(left.rounded(), right.rounded());
    _mm_storel_epi64(reinterpret_cast<__m128i*>(target), _mm_packus_epi16(levels, levels));
}

#endif

}  // namespace discern
