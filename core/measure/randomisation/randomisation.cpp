#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "core/explain/problem.h"
#include "core/measure/agreement.h"
#include "core/measure/pixel_order.h"
#include "core/measure/trust_metric.h"

namespace discern {
namespace {

const AgreementMeasure& measureNamed(const std::string& name) {
    return *std::ranges::find(agreementMeasures(), name, &AgreementMeasure::name);
}

double alike(const std::string& measure, const cv::Mat& a, const cv::Mat& b) {
    const cv::Rect2d seen(0, 0, a.cols, a.rows);
    return agreement(measureNamed(measure), onCommonGround({a, seen}, {b, seen}));
}

/// How many of the operators have random weights at each step, from the top; all at the last.
std::vector<std::size_t> countsOf(std::size_t operators, int steps) {
    std::set<std::size_t> counts;
    for (int i = 1; i <= steps; ++i)
        counts.insert(
            static_cast<std::size_t>(std::ceil(static_cast<double>(operators) * i / static_cast<double>(steps))));
    return {counts.begin(), counts.end()};
}

/// The map of the model with random weights; empty where there is none.
cv::Mat mapWith(const MetricTask& task, std::size_t count, Progress& progress, Measurement& result) {
    const Problem& problem = *task.measured.problem;
    const std::shared_ptr<const Network> random = problem.network->withRandomWeights(count, task.seed);
    const Reexplained again = task.measured.explainer(problem.withNetwork(random), progress);
    result.evaluations += again.evaluations;
    return again.map;
}

/// Whether there is no evidence in it: undefined in places, or the same everywhere.
bool isEmpty(const cv::Mat& map) {
    const ValueSpread spread = spreadOf(map, {});
    return cv::countNonZero(notFinite(map)) > 0 || spread.least == spread.most;
}

Measurement run(const MetricTask& task) {
    const std::vector<std::string> operators = task.measured.problem->network->weightedOperators();
    if (operators.empty()) return undefinedBecause("The model has no weights that could be replaced.");
    const std::vector<std::size_t> counts = countsOf(operators.size(), task.parameters.integer("steps"));
    Measurement result;
    MetricCurve ssim{
        "Randomisation, SSIM", "share of the operators with random weights", "SSIM", {0.0}, {1.0}, {"none"}};
    MetricCurve ranks{"Randomisation, Spearman", ssim.xAxis, "Spearman's ρ", {0.0}, {1.0}, {"none"}};
    int without = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        PartProgress part(task.progress, static_cast<double>(i) / static_cast<double>(counts.size()),
                          static_cast<double>(i + 1) / static_cast<double>(counts.size()));
        part.checkpoint();
        const cv::Mat map = mapWith(task, counts[i], part, result);
        const bool empty = isEmpty(map);
        without += empty ? 1 : 0;
        for (MetricCurve* curve : {&ssim, &ranks}) {
            curve->x.push_back(static_cast<double>(counts[i]) / static_cast<double>(operators.size()));
            curve->steps.push_back(operators[operators.size() - counts[i]]);
        }
        ssim.y.push_back(empty ? 0.0 : alike("ssim", task.measured.map, map));
        ranks.y.push_back(empty ? 0.0 : alike("spearman", task.measured.map, map));
    }
    result.value = ssim.y.back();
    if (std::isnan(result.value)) result.undefined = "The map is smaller than the windows of SSIM.";
    if (without > 0)
        result.notes.push_back(
            fmt::format("At {} of {} steps the model with random weights gives a map without "
                        "evidence: that counts as nothing in common, 0.",
                        without, counts.size()));
    result.facts["spearman"] = ranks.y.back();
    result.curves = {ssim, ranks};
    return result;
}

}  // namespace

TrustMetric randomisation() {
    return {
        .name = "randomisation",
        .title = "Model randomisation",
        .family = MetricFamily::Randomisation,
        .needs = MetricNeeds::Method,
        .better = Better::Lower,
        .range = "-1 to 1",
        .tells =
            "SSIM of the map and that of the model with random weights, put in from the last layer to the first: near "
            "1 the method would show the same of any model.",
        .limits =
            "Smooth maps, and maps with large empty parts, are alike by chance; a low value says that the weights "
            "matter, not that the map is right.",
        .cost = "one explanation a step, 8",
        .source =
            "Adebayo et al. 2018, cascading; package quantus 0.6, MPRT, draws initial weights where these keep each "
            "output channel's root mean square",
        .parameters = {{.name = "steps",
                        .kind = ParameterKind::Integer,
                        .defaultValue = "8",
                        .help = "In how many steps the layers get random weights, from the top.",
                        .minimum = 1,
                        .maximum = 10000}},
        .ordersPixels = true,
        .run = run};
}

}  // namespace discern
