#include "core/explain/explain.h"

#include <ATen/core/grad_mode.h>
#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "core/error.h"
#include "core/explain/empty_map.h"
#include "core/explain/problem.h"
#include "core/explain/report.h"
#include "core/network/torch_errors.h"
#include "core/run/compute.h"

namespace discern {
namespace {

using Clock = std::chrono::steady_clock;

void finish(std::vector<Attribution>& attributions, const Problem& problem, const Report& report, Stage stage,
            Clock::time_point started) {
    for (std::size_t i = 0; i < attributions.size(); ++i) {
        attributions[i].target = problem.targets[i];
        attributions[i].seconds = std::chrono::duration<double>(Clock::now() - started).count();
        attributions[i].threads = threads();
    }
    flagEmptyMaps(problem, report, stage, attributions);
}

/// Runs the method; `started` is when the work on the problem began.
std::vector<Attribution> solved(const Problem& problem, Progress& progress, const PartialResults& onPartial,
                                Clock::time_point started) {
    if (problem.method == nullptr) throw Error(ErrorKind::Usage, "An explanation needs a method.");
    if (const std::string why = whyUnsuitable(*problem.method, *problem.model); !why.empty())
        throw Error(ErrorKind::Run, why);
    const Report* told = nullptr;
    PartialResults finishing;
    if (onPartial)
        finishing = [&](std::vector<Attribution> estimate) {
            finish(estimate, problem, *told, Stage::Partial, started);
            onPartial(estimate);
        };
    Report report(progress, finishing);
    told = &report;
    const std::string failed = fmt::format("{} cannot explain {}", problem.method->title, problem.model->name());
    return translated(ErrorKind::Run, failed, [&] {
        // A method that differentiates switches gradients on for its own passes.
        const at::NoGradGuard noGradients;
        std::vector<Attribution> attributions = problem.method->run(problem, report);
        finish(attributions, problem, report, Stage::Final, started);
        requireSomethingDefined(problem, problem.method->title, attributions);
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
