#include "core/record/speed_record.h"

#include <spdlog/fmt/fmt.h>

namespace discern {

using nlohmann::json;

json speedRecord(const Speed& speed) {
    const std::string disturbed = disturbance(speed);
    return {{"latency_ms", speed.latencyMs.median},
            {"latency_ms_quartiles", {speed.latencyMs.lower, speed.latencyMs.upper}},
            {"latency_runs", speed.latencyMs.runs},
            {"images_per_second", speed.imagesPerSecond.median},
            {"images_per_second_quartiles", {speed.imagesPerSecond.lower, speed.imagesPerSecond.upper}},
            {"images_per_second_runs", speed.imagesPerSecond.runs},
            {"batch", speed.batch},
            {"device", speed.device},
            {"precision", speed.precision},
            {"threads", speed.threads},
            {"cores_busy_with_others", speed.otherLoad},
            {"quiet", speed.quiet},
            {"disturbance", disturbed.empty() ? json() : json(disturbed)}};
}

std::string latencyInWords(const Speed& speed) {
    const std::string disturbed = disturbance(speed);
    return fmt::format("{:.1f} ms ({:.1f} to {:.1f}){}", speed.latencyMs.median, speed.latencyMs.lower,
                       speed.latencyMs.upper, disturbed.empty() ? "" : "; " + disturbed);
}

std::string throughputInWords(const Speed& speed) {
    return fmt::format("{:.0f} images a second at batch {} ({:.0f} to {:.0f})", speed.imagesPerSecond.median,
                       speed.batch, speed.imagesPerSecond.lower, speed.imagesPerSecond.upper);
}

}  // namespace discern
