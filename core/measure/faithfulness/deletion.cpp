#include "core/explain/report.h"
#include "core/measure/faithfulness/removal.h"

namespace discern {
namespace {

Measurement run(const MetricTask& task) {
    const Problem problem = askedBy(task);
    const RemovalOrder order(task.measured.map, pixelsAStep(task));
    if (const std::string why = whyNoOrder(order); !why.empty()) return undefinedBecause(why);
    Report report(task.progress, {});
    Runner runner(problem, report, order.steps + 1);
    const at::Tensor removed = removedColor(problem, task.parameters.text("baseline"));
    const std::vector<double> scores = scoresAlong(order, problem.input, removed, runner);
    Measurement result = valueOf(areaUnder(scores));
    result.curves = {{"Deletion", "share of the pixels removed", scoreAxis(problem), order.shares, scores, {}}};
    result.notes = notesOnSteps(order, pixelsAStep(task));
    result.evaluations = runner.evaluations();
    return result;
}

StepImages steps(const MetricTask& task) {
    const Problem problem = askedBy(task);
    return stepImages(problem, problem.input, removedColor(problem, task.parameters.text("baseline")), task.measured.map);
}

}  // namespace

TrustMetric deletion() {
    return {
        .name = "deletion",
        .title = "Deletion AUC",
        .family = MetricFamily::Faithfulness,
        .needs = MetricNeeds::Network,
        .better = Better::Lower,
        .range = "0 to 1 of a probability",
        .tells =
            "Area under the curve of the class's score while pixels are removed by falling attribution: low where the "
            "first ones carry the decision.",
        .limits =
            "Removed pixels leave pictures unlike any that the model was trained on, to which it may answer with "
            "anything; scattered pixels destroy more than a patch does, so noisy maps are flattered.",
        .cost = "one evaluation a step, 29 at 224 x 224",
        .source = "Petsiuk et al. 2018, protocol of RISE",
        .parameters = {stepParameter(), removedColorParameter("zero"), scoreParameter("probability")},
        .ordersPixels = true,
        .run = run,
        .steps = steps};
}

}  // namespace discern
