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
    std::vector<double> scores = scoresAlong(order, problem.input, removed, runner);
    std::vector<double> shares = order.shares;
    Measurement result;
    result.facts["f_x"] = scores.front();
    scores.erase(scores.begin());
    shares.erase(shares.begin());
    result.value = areaUnder(scores);
    result.facts["area_in_steps"] = result.value * static_cast<double>(scores.size() - 1);
    result.curves = {{"Pixel-flipping", "share of the pixels removed", scoreAxis(problem), shares, scores, {}}};
    result.notes = notesOnSteps(order, pixelsAStep(task));
    result.evaluations = runner.evaluations();
    return result;
}

StepImages steps(const MetricTask& task) {
    const Problem problem = askedBy(task);
    return stepImages(problem, problem.input, removedColor(problem, task.parameters.text("baseline")), task.measured.map);
}

}  // namespace

TrustMetric pixelFlipping() {
    return {.name = "pixel_flipping",
            .title = "Pixel-flipping AUC",
            .family = MetricFamily::Faithfulness,
            .needs = MetricNeeds::Network,
            .better = Better::Lower,
            .range = "0 to 1 of a probability",
            .tells =
                "Area under the curve of the class's score after each step in which the next pixels by falling "
                "attribution turn to the input's smallest value.",
            .limits = "As of deletion; which value removed pixels take changes the figures and often their order.",
            .cost = "one evaluation a step, 29 at 224 x 224",
            .source =
                "Bach et al. 2015; package quantus 0.6, PixelFlipping, all channels of a pixel at once; its area is "
                "counted in steps, `area_in_steps`",
            .parameters = {stepParameter(), removedColorParameter("minimum"), scoreParameter("probability")},
            .ordersPixels = true,
            .run = run,
            .steps = steps};
}

}  // namespace discern
