#include "core/measure/faithfulness/subsets.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/error.h"
#include "core/explain/perturb/random.h"
#include "core/store/npy.h"

namespace discern {

void checkRoomFor(std::int64_t places) {
    constexpr std::int64_t kMost = std::int64_t{1} << 27;
    if (places > kMost)
        throw Error(ErrorKind::Usage, fmt::format("These subsets name {:.1e} pixels in all, more than the {:.1e} that fit in "
                                                  "memory: ask for fewer subsets or smaller ones.",
                                                  static_cast<double>(places), static_cast<double>(kMost)));
}

std::vector<PixelSubset> drawSubsets(std::int64_t count, std::int64_t size, std::int64_t pixels, std::uint64_t seed) {
    Random random(seed);
    PixelSubset all(static_cast<std::size_t>(pixels));
    std::iota(all.begin(), all.end(), 0);
    std::vector<PixelSubset> subsets;
    for (std::int64_t i = 0; i < count; ++i) {
        // The first `size` of a shuffle; from whichever order, every subset is equally likely.
        for (std::int64_t j = 0; j < size; ++j)
            std::swap(all[static_cast<std::size_t>(j)], all[static_cast<std::size_t>(j + random.below(pixels - j))]);
        subsets.emplace_back(all.begin(), all.begin() + size);
    }
    return subsets;
}

std::vector<PixelSubset> readSubsets(const std::string& file, std::int64_t pixels) {
    const FloatArray array = readNpy(file);
    if (array.shape.size() != 2 || array.shape[0] < 2 || array.shape[1] < 1)
        throw Error(ErrorKind::Input, file + " holds no subsets: it must be subsets x pixels, at least two of them.");
    std::vector<PixelSubset> subsets(static_cast<std::size_t>(array.shape[0]));
    for (std::size_t i = 0; i < array.data.size(); ++i) {
        const float place = array.data[i];
        if (!(place >= 0.0F && place < static_cast<float>(pixels)) || place != std::floor(place))
            throw Error(ErrorKind::Input,
                        fmt::format("{} names the pixel {}; the map has the pixels 0 to {}.", file, place, pixels - 1));
        subsets[i / static_cast<std::size_t>(array.shape[1])].push_back(static_cast<std::int32_t>(place));
    }
    return subsets;
}

Parameter subsetsParameter() {
    return {
        .name = "subsets",
        .kind = ParameterKind::File,
        .help = "A .npy file with subsets x pixels, the places of pixels row by row from 0, instead of random ones.",
        .advanced = true};
}

SubsetEffects effectsOf(const std::vector<PixelSubset>& subsets, const MetricTask& task, const Problem& problem,
                        Runner& runner) {
    const auto count = static_cast<std::int64_t>(subsets.size());
    const auto hide = [&](std::int64_t first, const at::Tensor& masks) {
        masks.fill_(1.0F);
        for (std::int64_t i = 0; i < masks.size(0); ++i) {
            if (first + i == 0) continue;  // the picture itself
            auto* const mask = masks[i].data_ptr<float>();
            for (const std::int32_t pixel : subsets[static_cast<std::size_t>(first + i - 1)]) mask[pixel] = 0.0F;
        }
    };
    const std::vector<double> scores =
        runner.masked(count + 1, removedColor(problem, task.parameters.text("baseline")), hide).column(0);
    const cv::Mat map = task.measured.map.isContinuous() ? task.measured.map : task.measured.map.clone();
    SubsetEffects effects;
    for (std::size_t i = 0; i < subsets.size(); ++i) {
        effects.scoreFalls.push_back(scores[0] - scores[i + 1]);
        double sum = 0.0;
        for (const std::int32_t pixel : subsets[i]) sum += map.ptr<float>()[pixel];
        effects.attributionSums.push_back(sum);
    }
    return effects;
}

double pearson(const std::vector<double>& a, const std::vector<double>& b) {
    const auto n = static_cast<double>(a.size());
    const double meanA = std::accumulate(a.begin(), a.end(), 0.0) / n;
    const double meanB = std::accumulate(b.begin(), b.end(), 0.0) / n;
    double aa = 0.0;
    double bb = 0.0;
    double ab = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        aa += (a[i] - meanA) * (a[i] - meanA);
        bb += (b[i] - meanB) * (b[i] - meanB);
        ab += (a[i] - meanA) * (b[i] - meanB);
    }
    // Below that there is nothing but what rounding leaves.
    constexpr double kRounding = 1e-12;
    if (!(std::sqrt(aa / n) > kRounding * std::abs(meanA)) || !(std::sqrt(bb / n) > kRounding * std::abs(meanB)))
        return std::numeric_limits<double>::quiet_NaN();
    return ab / std::sqrt(aa * bb);
}

}  // namespace discern
