#include <opencv2/imgproc.hpp>

#include "core/error.h"
#include "core/explain/report.h"
#include "core/measure/faithfulness/removal.h"
#include "core/network/tensors.h"

namespace discern {
namespace {

/// Blurred with a square Gaussian kernel; beyond the edges lie zeros.
at::Tensor blurred(const at::Tensor& input, int length, double sigma) {
    cv::Mat line = cv::getGaussianKernel(length, sigma, CV_64F);
    const at::Tensor one = at::from_blob(line.ptr<double>(), {length, 1}, at::kDouble);
    const std::int64_t channels = input.size(1);
    const at::Tensor kernel = at::matmul(one, one.t()).to(input.options()).expand({channels, 1, length, length});
    return at::conv2d(input, kernel, {}, at::IntArrayRef{1, 1}, at::IntArrayRef{length / 2, length / 2},
                      at::IntArrayRef{1, 1}, channels);
}

at::Tensor startOf(const MetricTask& task, const Problem& problem) {
    const int length = task.parameters.integer("kernel");
    if (length % 2 == 0) throw Error(ErrorKind::Usage, "insertion: kernel must be odd, so that it has a middle.");
    return blurred(problem.input.to(at::kFloat), length, task.parameters.real("sigma"));
}

Measurement run(const MetricTask& task) {
    const Problem problem = askedBy(task);
    const RemovalOrder order(task.measured.map, pixelsAStep(task));
    if (const std::string why = whyNoOrder(order); !why.empty()) return undefinedBecause(why);
    Report report(task.progress, {});
    Runner runner(problem, report, order.steps + 1);
    const at::Tensor start = startOf(task, problem);
    const std::vector<double> scores = scoresAlong(order, start, problem.input, runner);
    Measurement result = valueOf(areaUnder(scores));
    result.curves = {{"Insertion", "share of the pixels inserted", scoreAxis(problem), order.shares, scores, {}}};
    result.notes = notesOnSteps(order, pixelsAStep(task));
    result.evaluations = runner.evaluations();
    return result;
}

StepImages steps(const MetricTask& task) {
    const Problem problem = askedBy(task);
    return stepImages(problem, startOf(task, problem), problem.input, task.measured.map);
}

}  // namespace

TrustMetric insertion() {
    return {
        .name = "insertion",
        .title = "Insertion AUC",
        .family = MetricFamily::Faithfulness,
        .needs = MetricNeeds::Network,
        .better = Better::Higher,
        .range = "0 to 1 of a probability",
        .tells =
            "Area under the curve of the class's score while pixels of the picture return into its blurred copy by "
            "falling attribution: high where the first ones carry the decision.",
        .limits =
            "What the blur leaves is known from the start, and a compact map restores shapes sooner than a scattered "
            "one that names the same evidence.",
        .cost = "one evaluation a step, 29 at 224 x 224",
        .source = "Petsiuk et al. 2018, protocol of RISE",
        .parameters = {stepParameter(),
                       {.name = "kernel",
                        .kind = ParameterKind::Integer,
                        .defaultValue = "11",
                        .help = "Side of the Gaussian that blurs the picture, in pixels, odd.",
                        .minimum = 1,
                        .maximum = 501},
                       {.name = "sigma",
                        .kind = ParameterKind::Real,
                        .defaultValue = "5",
                        .help = "Its standard deviation in pixels.",
                        .minimum = 0.1,
                        .maximum = 250},
                       scoreParameter("probability")},
        .ordersPixels = true,
        .run = run,
        .steps = steps};
}

}  // namespace discern
