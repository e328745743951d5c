#include "core/measure/faithfulness/removal.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <numeric>

#include "core/explain/method_words.h"
#include "core/explain/perturb/compose.h"
#include "core/explain/perturb/hidden_color.h"
#include "core/measure/pixel_order.h"

namespace discern {

Problem askedBy(const MetricTask& task) {
    Problem problem = *task.measured.problem;
    problem.targets.resize(1);
    const std::string& score = task.parameters.text("score");
    if (score == "logit") problem.targets[0].score = ScoreKind::Logit;
    if (score == "probability") problem.targets[0].score = ScoreKind::Probability;
    return problem;
}

Parameter scoreParameter(const std::string& defaultValue) {
    return {.name = "score",
            .kind = ParameterKind::Choice,
            .defaultValue = defaultValue,
            .help = "What of the class is asked for; explained: what the map explains.",
            .choices = {"probability", "logit", "explained"}};
}

at::Tensor removedColor(const Problem& problem, const std::string& word) {
    const at::Tensor color =
        word == "minimum" ? problem.input.min().view({1, 1, 1, 1}) : hiddenColor(problem, word, {}, "baseline");
    return color.expand_as(problem.input);
}

Parameter removedColorParameter(const std::string& defaultValue) {
    Parameter parameter = hiddenColorParameter("baseline", defaultValue);
    parameter.help += " minimum: the smallest value of the normalised input.";
    parameter.refusal = [](const std::string& value) {
        return value == "minimum" ? std::string() : whyNoHiddenColor(value);
    };
    return parameter;
}

RemovalOrder::RemovalOrder(const cv::Mat& map, std::int64_t perStep) {
    const std::vector<std::int32_t> order = byFallingValue(map);
    const auto pixels = static_cast<std::int64_t>(order.size());
    groups = at::empty({map.rows, map.cols}, at::kInt);
    auto* const group = groups.data_ptr<std::int32_t>();
    for (std::int64_t rank = 0; rank < pixels; ++rank)
        group[order[static_cast<std::size_t>(rank)]] = static_cast<std::int32_t>(rank / perStep);
    steps = (pixels + perStep - 1) / perStep;
    for (std::int64_t step = 0; step <= steps; ++step)
        shares.push_back(static_cast<double>(std::min(pixels, step * perStep)) / static_cast<double>(pixels));
}

std::vector<double> scoresAlong(const RemovalOrder& order, const at::Tensor& start, const at::Tensor& end,
                                Runner& runner) {
    const auto laid = [&](const at::Tensor& image) {
        return image.to(runner.input().options()).contiguous(at::MemoryFormat::ChannelsLast);
    };
    const at::Tensor before = laid(start);
    const at::Tensor after = laid(end);
    const at::Tensor numbers = at::arange(order.steps, at::kLong);
    const auto compose = [&](std::int64_t first, const at::Tensor& batch) {
        const at::Tensor changed = at::arange(first, first + batch.size(0), at::kLong).unsqueeze(1);
        choose(batch, before, after, order.groups, numbers.ge(changed).to(at::kByte));
    };
    return runner.run(order.steps + 1, compose).column(0);
}

std::int64_t pixelsAStep(const MetricTask& task) {
    const int step = task.parameters.integer("step");
    return step > 0 ? step : 8 * static_cast<std::int64_t>(task.measured.map.rows);
}

Parameter stepParameter() {
    return {.name = "step",
            .kind = ParameterKind::Integer,
            .defaultValue = "0",
            .help = "Pixels changed a step; 0: eight times the height of the model's input.",
            .minimum = 0,
            .maximum = 100000000};
}

double areaUnder(const std::vector<double>& curve) {
    if (curve.size() < 2) return curve.empty() ? std::numeric_limits<double>::quiet_NaN() : curve.front();
    const double sum = std::accumulate(curve.begin(), curve.end(), 0.0);
    return (sum - (curve.front() + curve.back()) / 2.0) / static_cast<double>(curve.size() - 1);
}

std::string whyNoOrder(const RemovalOrder& order) {
    return order.steps > 1 ? std::string() : "All pixels change in one step, whatever their order: choose a smaller step.";
}

std::vector<std::string> notesOnSteps(const RemovalOrder& order, std::int64_t perStep) {
    constexpr std::int64_t kFew = 20;
    const std::int64_t last = order.groups.numel() - (order.steps - 1) * perStep;
    if (last == perStep || order.steps >= kFew) return {};
    return {fmt::format("The last of the {} steps changes {} pixels, the others {}, and counts as much: the area is not quite "
                        "that below the curve.",
                        order.steps, last, perStep)};
}

std::string scoreAxis(const Problem& problem) { return word(problem.targets[0].score.value_or(ScoreKind::Logit)); }

}  // namespace discern
