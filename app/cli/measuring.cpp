#include "app/cli/measuring.h"

#include <spdlog/fmt/fmt.h>

#include "core/measure/explained_map.h"
#include "core/measure/region.h"

namespace discern {

std::vector<MeasuredMetric> Measuring::measure(const Explained& explained) {
    const std::vector<const TrustMetric*> metrics = options_.metrics().chosen();
    std::vector<MeasuredMetric> results;
    if (metrics.empty()) {
        return results;
    }
    MeasuredMap map;
    const std::string failed = console_.attempt([&] {
        const Picture& picture = *explained.picture.picture;
        map = explainedMap(explained.request, explained.attribution, console_);
        if (const auto mask = options_.maskOf(picture); !mask.empty()) {
            map.region = regionOnInput(readPicture(mask), picture, explained.model.model->card().input);
        }
    });
    for (const TrustMetric* metric : metrics) {
        MeasuredMetric measured{metric, undefinedBecause(failed), {}};
        if (failed.empty()) {
            console_.begin(fmt::format("{}, {}, {}: {}", explained.picture.picture->name, explained.model.model->name(),
                                       explained.method.title, metric->title));
            const std::string error = console_.attempt([&] { measured = measureOne(*metric, map, explained); });
            if (!error.empty()) {
                measured.measurement = undefinedBecause(options_.told(error));
            }
        }
        results.push_back(std::move(measured));
    }
    return results;
}

MeasuredMetric Measuring::measureOne(const TrustMetric& metric, const MeasuredMap& map, const Explained& explained) {
    if (metric.needs == MetricNeeds::Region && map.region.empty()) {
        return {&metric, undefinedBecause("No region is marked in this image."), {}};
    }
    const std::map<std::string, std::string> parameters = options_.parametersOf(metric);
    const std::uint64_t seed = explained.request.seed;
    MeasuredMetric measured{&metric, discern::measure(metric, map, parameters, seed, console_), {}};
    if (!options_.metrics().withBaselines()) {
        return measured;
    }
    const Target& target = explained.attribution.target;
    const std::string key =
        fmt::format("{}/{}/{}/{}/{}/{}", explained.model.folder, explained.picture.folder, metric.name,
                    target.classIndex, target.versus, target.score == ScoreKind::Probability);
    const auto known = baselines_.find(key);
    measured.baselines = known != baselines_.end()
                             ? known->second
                             : baselines_[key] = measureBaselines(metric, map, parameters, seed, console_);
    return measured;
}

}  // namespace discern
