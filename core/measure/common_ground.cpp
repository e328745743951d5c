#include "core/measure/common_ground.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

namespace discern {

namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

/// The pixels of a map under one cell of a grid, along one axis, and which share of the cell each covers.
struct Cover {
    int first = 0;
    std::vector<double> shares;  ///< of pixels first, first + 1, ...; they add up to 1
};

/// Slivers are rounding of where cells and pixels begin.
constexpr double kSliver = 1e-9;

/// The axis runs from `from` over `length` in `cells` equal cells; the map's `pixels` lie on it from `mapFrom` over
/// `mapLength`.
std::vector<Cover> coversOf(double from, double length, int cells, double mapFrom, double mapLength, int pixels) {
    std::vector<Cover> covers;
    for (int cell = 0; cell < cells; ++cell) {
        const auto inPixels = [&](double place) {
            return std::clamp((place - mapFrom) / mapLength * pixels, 0.0, static_cast<double>(pixels));
        };
        const double begin = inPixels(from + length * cell / cells);
        const double end = inPixels(from + length * (cell + 1) / cells);
        Cover cover{std::min(static_cast<int>(begin + kSliver), pixels - 1), {}};
        for (int pixel = cover.first; pixel < pixels && pixel < end - kSliver; ++pixel)
            cover.shares.push_back((std::min(end, pixel + 1.0) - std::max(begin, static_cast<double>(pixel))) /
                                   (end - begin));
        if (cover.shares.empty()) cover.shares = {1.0};
        covers.push_back(std::move(cover));
    }
    return covers;
}

/// Equal cells along one axis.
struct Lattice {
    double from = 0.0;
    double length = 0.0;
    int cells = 0;

    [[nodiscard]] double pitch() const { return length / cells; }
    [[nodiscard]] double end() const { return from + length; }
};

/// The cells of the coarser lattice that lie wholly on both; one cell where none does.
Lattice commonLattice(const Lattice& a, const Lattice& b) {
    constexpr double kRounding = 1e-6;
    const bool first = a.pitch() != b.pitch() ? a.pitch() > b.pitch() : a.from <= b.from;
    const Lattice& coarser = first ? a : b;
    const double begin = std::max(a.from, b.from);
    const double end = std::min(a.end(), b.end());
    const int from = static_cast<int>(std::ceil((begin - coarser.from) / coarser.pitch() - kRounding));
    const int to = static_cast<int>(std::floor((end - coarser.from) / coarser.pitch() + kRounding));
    if (to - from == coarser.cells) return coarser;
    if (to <= from) return {begin, end - begin, 1};
    return {coarser.from + from * coarser.pitch(), (to - from) * coarser.pitch(), to - from};
}

/// NaN spreads from every pixel that has a share.
double meanOver(const cv::Mat& map, const Cover& rows, const Cover& columns) {
    double mean = 0.0;
    for (std::size_t r = 0; r < rows.shares.size(); ++r) {
        const float* row = map.ptr<float>(rows.first + static_cast<int>(r)) + columns.first;
        double along = 0.0;
        for (std::size_t c = 0; c < columns.shares.size(); ++c)
            along += columns.shares[c] * static_cast<double>(row[c]);
        mean += rows.shares[r] * along;
    }
    return mean;
}

}  // namespace

bool Ground::operator<(const Ground& other) const {
    const auto parts = [](const Ground& g) {
        return std::tuple(g.seen.x, g.seen.y, g.seen.width, g.seen.height, g.grid.width, g.grid.height);
    };
    return parts(*this) < parts(other);
}

std::optional<Ground> commonGround(const Ground& a, const Ground& b) {
    if (a.grid.empty() || b.grid.empty() || (a.seen & b.seen).empty()) return std::nullopt;
    const Lattice x = commonLattice({a.seen.x, a.seen.width, a.grid.width}, {b.seen.x, b.seen.width, b.grid.width});
    const Lattice y = commonLattice({a.seen.y, a.seen.height, a.grid.height}, {b.seen.y, b.seen.height, b.grid.height});
    return Ground{{x.from, y.from, x.length, y.length}, {x.cells, y.cells}};
}

Ground groundOf(const PlacedMap& placed) { return {placed.seen, placed.map.size()}; }

cv::Mat onGround(const PlacedMap& placed, const Ground& ground) {
    const cv::Rect2d& seen = placed.seen;
    cv::Mat result;
    if (seen == ground.seen && placed.map.size() == ground.grid) {
        result = placed.map.clone();
    } else {
        const auto columns =
            coversOf(ground.seen.x, ground.seen.width, ground.grid.width, seen.x, seen.width, placed.map.cols);
        const auto rows =
            coversOf(ground.seen.y, ground.seen.height, ground.grid.height, seen.y, seen.height, placed.map.rows);
        result.create(ground.grid, CV_32FC1);
        for (int r = 0; r < result.rows; ++r)
            for (int c = 0; c < result.cols; ++c)
                result.at<float>(r, c) = static_cast<float>(
                    meanOver(placed.map, rows[static_cast<std::size_t>(r)], columns[static_cast<std::size_t>(c)]));
    }
    for (float& value : cv::Mat_<float>(result))
        if (!std::isfinite(value)) value = kNaN;
    return result;
}

MapPair onCommonGround(const PlacedMap& a, const PlacedMap& b) {
    const std::optional<Ground> ground = commonGround(groundOf(a), groundOf(b));
    if (!ground) return {};
    MapPair pair{onGround(a, *ground), onGround(b, *ground), ground->seen};
    const cv::Mat undefined = undefinedIn(pair.a) | undefinedIn(pair.b);
    pair.a.setTo(kNaN, undefined);
    pair.b.setTo(kNaN, undefined);
    return pair;
}

std::vector<double> definedValues(const cv::Mat& map, const cv::Mat& undefined) {
    std::vector<double> values;
    values.reserve(map.total());
    for (int r = 0; r < map.rows; ++r)
        for (int c = 0; c < map.cols; ++c)
            if (undefined.at<std::uint8_t>(r, c) == 0) values.push_back(static_cast<double>(map.at<float>(r, c)));
    return values;
}

cv::Mat undefinedIn(const cv::Mat& map) {
    // Not map != map, which OpenCV 4.6 takes as false for most NaN.
    return (map == map) == 0;
}

double largestMagnitude(const cv::Mat& map) {
    float largest = 0.0F;
    for (int r = 0; r < map.rows; ++r)
        for (int c = 0; c < map.cols; ++c)
            if (const float value = std::abs(map.at<float>(r, c)); std::isfinite(value))
                largest = std::max(largest, value);
    return static_cast<double>(largest);
}

}  // namespace discern
