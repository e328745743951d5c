#include <algorithm>
#include <cmath>

#include "core/error.h"
#include "core/explain/perturb/random.h"
#include "core/explain/problem.h"
#include "core/measure/agreement.h"
#include "core/measure/pixel_order.h"
#include "core/measure/trust_metric.h"

namespace discern {
namespace {

/// The class given, or any but the one that was explained.
int otherClass(const MetricTask& task, int explained, int classes) {
    const int given = task.parameters.integer("other");
    if (given >= classes || given == explained)
        throw Error(ErrorKind::Usage,
                    "random_logit: other=" + std::to_string(given) + " is no class beside the one that was explained.");
    if (given >= 0) return given;
    const auto drawn = static_cast<int>(Random(task.seed).below(classes - 1));
    return drawn < explained ? drawn : drawn + 1;
}

Measurement run(const MetricTask& task) {
    Problem problem = *task.measured.problem;
    problem.targets.resize(1);
    const int classes = problem.network->classCount();
    if (classes < 2) return undefinedBecause("The model has one class alone.");
    problem.targets[0].classIndex = otherClass(task, problem.targets[0].classIndex, classes);
    problem.targets[0].versus = -1;
    const Reexplained again = task.measured.explainer(problem, task.progress);
    const ValueSpread spread = spreadOf(again.map, {});
    Measurement result;
    result.evaluations = again.evaluations;
    result.facts["other_class"] = problem.targets[0].classIndex;
    if (cv::countNonZero(notFinite(again.map)) > 0 || spread.least == spread.most) {
        result.undefined = "The map of the other class shows nothing.";
        return result;
    }
    const cv::Rect2d seen(0, 0, again.map.cols, again.map.rows);
    const auto& ssim = *std::ranges::find(agreementMeasures(), "ssim", &AgreementMeasure::name);
    result.value = agreement(ssim, onCommonGround({task.measured.map, seen}, {again.map, seen}));
    if (std::isnan(result.value)) result.undefined = "The map is smaller than the windows of SSIM.";
    return result;
}

}  // namespace

TrustMetric randomLogit() {
    return {.name = "random_logit",
            .title = "Random logit",
            .family = MetricFamily::Randomisation,
            .needs = MetricNeeds::Method,
            .better = Better::Lower,
            .range = "-1 to 1",
            .tells =
                "SSIM of the map and that of another class drawn at random: near 1 the method does not tell classes "
                "apart.",
            .limits = "Classes that rest on the same evidence have like maps rightly; one draw is one class.",
            .cost = "one explanation",
            .source =
                "Sixt et al. 2020; package quantus 0.6, RandomLogit, whose SSIM is of the flattened maps, here of the "
                "maps as pictures",
            .parameters = {{.name = "other",
                            .kind = ParameterKind::Integer,
                            .defaultValue = "-1",
                            .help = "The other class; -1: drawn.",
                            .minimum = -1,
                            .maximum = 10000000}},
            .ordersPixels = true,
            .run = run};
}

}  // namespace discern
