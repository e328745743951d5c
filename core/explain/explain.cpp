#include "core/explain/explain.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "core/error.h"
#include "core/explain/problem.h"
#include "core/explain/report.h"
#include "core/network/torch_errors.h"

namespace discern {
namespace {

using Clock = std::chrono::steady_clock;

/// Says where there is nothing to see: NaN and a map that is the same everywhere must not look like evidence.
void flagEmptyMap(Attribution& attribution) {
    std::int64_t undefined = 0;
    float least = 0.0F;
    float most = 0.0F;
    bool any = false;
    for (auto it = attribution.map.begin<float>(); it != attribution.map.end<float>(); ++it) {
        if (!std::isfinite(*it)) {
            ++undefined;
            continue;
        }
        least = any ? std::min(least, *it) : *it;
        most = any ? std::max(most, *it) : *it;
        any = true;
    }
    if (undefined > 0) attribution.facts["undefined_pixels"] = static_cast<double>(undefined);
    if (least < most) return;
    attribution.facts["empty_map"] = 1.0;
    attribution.summary = !any ? "undefined everywhere" : fmt::format("{:.3g} everywhere", least);
}

void finish(std::vector<Attribution>& attributions, const std::vector<Target>& targets, Clock::time_point started) {
    for (std::size_t i = 0; i < attributions.size(); ++i) {
        attributions[i].target = targets[i];
        attributions[i].seconds = std::chrono::duration<double>(Clock::now() - started).count();
        attributions[i].threads = threads();
        flagEmptyMap(attributions[i]);
    }
}

/// Runs the method; `started` is when the work on the problem began.
std::vector<Attribution> solved(const Problem& problem, Progress& progress, const PartialResults& onPartial,
                                Clock::time_point started) {
    PartialResults finishing;
    if (onPartial)
        finishing = [&](std::vector<Attribution> estimate) {
            finish(estimate, problem.targets, started);
            onPartial(estimate);
        };
    Report report(progress, finishing);
    const std::string failed = fmt::format("{} cannot explain {}", problem.method->title, problem.model->name());
    return translated(ErrorKind::Run, failed, [&] {
        // A method that differentiates switches gradients on for its own passes.
        const at::NoGradGuard noGradients;
        std::vector<Attribution> attributions = problem.method->run(problem, report);
        finish(attributions, problem.targets, started);
        progress.report(1.0, "Done");
        return attributions;
    });
}

}  // namespace

std::vector<Attribution> explain(const ExplainRequest& request, Progress& progress, const PartialResults& onPartial) {
    const Clock::time_point started = Clock::now();
    return solved(makeProblem(request, progress), progress, onPartial, started);
}

std::vector<Attribution> explain(const Problem& problem, Progress& progress, const PartialResults& onPartial) {
    return solved(problem, progress, onPartial, Clock::now());
}

}  // namespace discern
