#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "core/explain/perturb/random.h"
#include "core/explain/perturb/segmentation.h"

namespace discern {
namespace {

float squaredDistance(const cv::Vec3f& a, const cv::Vec3f& b) {
    const cv::Vec3f d = a - b;
    return d.dot(d);
}

/// Calls visit(neighbour's index, squared distance in colour and position) for every pixel of the window around (y, x).
template <typename Visit>
void forNeighbours(const cv::Mat& color, int reach, int y, int x, Visit visit) {
    const cv::Vec3f here = color.at<cv::Vec3f>(y, x);
    for (int v = std::max(0, y - reach); v < std::min(color.rows, y + reach + 1); ++v) {
        const auto* row = color.ptr<cv::Vec3f>(v);
        for (int u = std::max(0, x - reach); u < std::min(color.cols, x + reach + 1); ++u)
            visit(v * color.cols + u,
                  squaredDistance(here, row[u]) + static_cast<float>((v - y) * (v - y) + (u - x) * (u - x)));
    }
}

std::vector<float> densities(const cv::Mat& color, int reach, double kernelSize) {
    const auto factor = static_cast<float>(-0.5 / (kernelSize * kernelSize));
    std::vector<float> density(color.total(), 0.0f);
    cv::parallel_for_({0, color.rows}, [&](const cv::Range& rows) {
        for (int y = rows.start; y < rows.end; ++y)
            for (int x = 0; x < color.cols; ++x) {
                float sum = 0.0f;
                forNeighbours(color, reach, y, x, [&](int, float distance) { sum += std::exp(factor * distance); });
                density[static_cast<std::size_t>(y * color.cols + x)] = sum;
            }
    });
    // Equal densities would leave plateaus without a mode, hence scikit-image's small noise.
    Random random(42);
    for (float& value : density) value += static_cast<float>(1e-5 * random.normal());
    return density;
}

}  // namespace

cv::Mat quickshift(const cv::Mat& lab, double kernelSize, double maxDistance, double ratio) {
    const cv::Mat color = lab * ratio;
    const int reach = static_cast<int>(std::ceil(3.0 * kernelSize));
    const std::vector<float> density = densities(color, reach, kernelSize);
    const auto longest = static_cast<float>(maxDistance * maxDistance);

    // Every pixel follows its nearest neighbour of higher density, unless that is too far.
    cv::Mat parent(color.size(), CV_32SC1);
    cv::parallel_for_({0, color.rows}, [&](const cv::Range& rows) {
        for (int y = rows.start; y < rows.end; ++y)
            for (int x = 0; x < color.cols; ++x) {
                const int here = y * color.cols + x;
                int nearest = here;
                float shortest = std::numeric_limits<float>::infinity();
                forNeighbours(color, reach, y, x, [&](int there, float distance) {
                    if (distance < shortest &&
                        density[static_cast<std::size_t>(there)] > density[static_cast<std::size_t>(here)]) {
                        shortest = distance;
                        nearest = there;
                    }
                });
                parent.at<int>(y, x) = shortest <= longest ? nearest : here;
            }
    });
    int* const root = parent.ptr<int>();
    for (std::size_t i = 0; i < color.total(); ++i)
        while (root[i] != root[root[i]]) root[i] = root[root[i]];
    return relabel(parent);
}

}  // namespace discern
