#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <limits>

#include "core/error.h"
#include "core/explain/perturb/coalition_method.h"
#include "core/explain/perturb/hidden_color.h"
#include "core/explain/perturb/random.h"
#include "core/explain/perturb/runner.h"

namespace discern {
namespace {

/// Where windows begin along one axis: every stride, until one reaches the end.
std::vector<int> starts(int length, int window, int stride) {
    std::vector<int> result = {0};
    while (result.back() + window < length) result.push_back(result.back() + stride);
    return result;
}

void check(cv::Size size, int window, int stride) {
    if (window > std::min(size.width, size.height))
        throw Error(
            ErrorKind::Usage,
            fmt::format(
                "occlusion: window={} is larger than the model's input of {} x {} pixels; give at most window={}.",
                window, size.height, size.width, std::min(size.width, size.height)));
    if (stride > window && std::max(size.width, size.height) > window)
        throw Error(
            ErrorKind::Usage,
            fmt::format(
                "occlusion: with window={} and stride={} some pixels would never be hidden; give at most stride={}.",
                window, stride, window));
}

/// The last window of a row or column is cut off where the picture ends; it hides less, and counts as the others do.
std::vector<cv::Rect> windowsOf(cv::Size size, int window, int stride, std::uint64_t seed) {
    check(size, window, stride);
    const cv::Rect whole({0, 0}, size);
    std::vector<cv::Rect> windows;
    for (const int y : starts(size.height, window, stride))
        for (const int x : starts(size.width, window, stride))
            windows.push_back(cv::Rect(x, y, window, window) & whole);
    // In random order an unfinished map covers the picture thinly rather than its
    // upper edge fully.
    Random(seed).shuffle(windows);
    return windows;
}

/// Every pixel's mean, over the windows that hid it, of what hiding cost; NaN where no window has been yet.
Attribution estimate(const std::vector<cv::Rect>& windows, const Scores& scores, std::int64_t target,
                     const Problem& problem) {
    cv::Mat sum = cv::Mat::zeros(problem.height(), problem.width(), CV_32FC1);
    cv::Mat count = sum.clone();
    for (std::int64_t row = 1; row < scores.rows; ++row) {
        const cv::Rect& window = windows[static_cast<std::size_t>(row - 1)];
        sum(window) += scores.at(0, target) - scores.at(row, target);
        count(window) += 1.0;
    }
    Attribution result;
    result.map = sum / count;
    result.map.setTo(std::numeric_limits<float>::quiet_NaN(), count == 0.0);
    const std::int64_t channels = problem.input.size(1);
    result.raw.shape = {channels, problem.height(), problem.width()};
    for (std::int64_t c = 0; c < channels; ++c)
        result.raw.data.insert(result.raw.data.end(), result.map.begin<float>(), result.map.end<float>());
    result.isSigned = true;
    result.target = problem.targets[static_cast<std::size_t>(target)];
    result.unit = deltaUnit(result.target);
    result.evaluations = scores.rows;
    result.facts = {{"f_x", scores.at(0, target)}};
    result.summary = fmt::format("{} windows", scores.rows - 1);
    return result;
}

std::vector<Attribution> run(const Problem& problem, Report& report) {
    const Parameters& p = problem.parameters;
    const std::vector<cv::Rect> windows =
        windowsOf({problem.width(), problem.height()}, p.integer("window"), p.integer("stride"), problem.seed);
    const auto estimates = [&](const Scores& scores) {
        std::vector<Attribution> results;
        for (std::int64_t target = 0; target < scores.targets; ++target)
            results.push_back(estimate(windows, scores, target, problem));
        return results;
    };
    const auto hideWindows = [&](std::int64_t first, at::Tensor masks) {
        masks.fill_(1.0f);
        for (std::int64_t i = std::max<std::int64_t>(0, 1 - first); i < masks.size(0); ++i) {
            const cv::Rect& window = windows[static_cast<std::size_t>(first + i - 1)];
            masks[i][0].narrow(0, window.y, window.height).narrow(1, window.x, window.width).zero_();
        }
    };
    const auto count = static_cast<std::int64_t>(windows.size()) + 1;
    Runner runner(problem, report, count);
    return estimates(runner.masked(count, hiddenColor(problem, p.text("baseline"), {}, "baseline"), hideWindows,
                                   [&](const Scores& soFar) {
                                       if (report.wantsPartial()) report.partial(estimates(soFar));
                                       return true;
                                   }));
}

std::int64_t countOfWindows(const Parameters& parameters, const Model& model, const LayerInfo*) {
    const InputSpec& input = model.card().input;
    const int window = parameters.integer("window");
    const int stride = parameters.integer("stride");
    return std::ssize(starts(input.height, window, stride)) * std::ssize(starts(input.width, window, stride)) + 1;
}

}  // namespace

Method occlusion() {
    return {
        .name = "occlusion",
        .title = "Occlusion",
        .family = Family::Perturbation,
        .tells =
            "How much the score falls when a window of the picture is hidden, averaged over the windows that hide a "
            "pixel.",
        .limits =
            "Evidence that is present twice is missed, since each window is hidden alone; size and stride of the "
            "window set the grain.",
        .source = "Zeiler and Fergus 2014; package captum 0.9, Occlusion",
        .score = ScoreKind::Logit,
        .parameters =
            {{.name = "window",
              .kind = ParameterKind::Integer,
              .defaultValue = "32",
              .help = "Side of the hidden window in pixels of the model's input, at most the input's shorter side.",
              .minimum = 1,
              .maximum = 4096},
             {.name = "stride",
              .kind = ParameterKind::Integer,
              .defaultValue = "16",
              .help = "How far the window moves, in pixels of the model's input, at most the window's side.",
              .minimum = 1,
              .maximum = 4096},
             hiddenColorParameter("baseline", "zero")},
        .run = run,
        .evaluations = &countOfWindows,
    };
}

}  // namespace discern
