#include "core/measure/robustness/neighbourhood.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/error.h"
#include "core/explain/gradient/noise.h"
#include "core/explain/perturb/random.h"
#include "core/explain/perturb/runner.h"
#include "core/measure/pixel_order.h"
#include "core/network/tensors.h"
#include "core/store/npy.h"

namespace discern {
namespace {

Parameter noiseLevel(const std::string& name, const std::string& value, const std::string& help) {
    return {.name = name,
            .kind = ParameterKind::Real,
            .defaultValue = value,
            .help = help,
            .minimum = 0.0,
            .maximum = 100.0};
}

at::Tensor uniform(const at::Tensor& input, std::int64_t count, double low, double high, std::uint64_t seed) {
    std::vector<std::int64_t> shape = input.sizes().vec();
    shape[0] = count;
    at::Tensor draws = at::empty(shape, at::kFloat);
    Random random(seed);
    auto* const first = draws.data_ptr<float>();
    std::generate_n(first, draws.numel(), [&] { return static_cast<float>(low + (high - low) * random.uniform()); });
    return draws;
}

at::Tensor replayed(const std::string& file, const at::Tensor& input) {
    const FloatArray array = readNpy(file);
    const std::vector<std::int64_t> shape = input.sizes().vec();
    if (array.shape.size() != 4 || array.shape[0] < 1 ||
        !std::equal(shape.begin() + 1, shape.end(), array.shape.begin() + 1))
        throw Error(ErrorKind::Input, file +
                                          " holds no noise for this input: it must be count x channels x height x "
                                          "width, added to the normalised input.");
    return at::tensor(array.data).view(array.shape);
}

/// N,C,H,W: what is added to the input.
at::Tensor noiseFor(const MetricTask& task, Noise noise, const at::Tensor& input) {
    const Parameters& p = task.parameters;
    if (const std::string& file = p.text("noise"); !file.empty()) return replayed(file, input);
    const std::int64_t count = p.integer("samples");
    constexpr std::int64_t kMost = std::int64_t{1} << 30;  // values: 4 GiB
    if (count > kMost / input.numel())
        throw Error(ErrorKind::Usage, fmt::format("The noise of {} samples does not fit in memory: ask for at most {}.",
                                                  count, kMost / input.numel()));
    switch (noise) {
        case Noise::Uniform:
            return uniform(input, count, -p.real("radius"), p.real("radius"), task.seed);
        case Noise::Raised:
            if (p.real("low") >= p.real("high")) throw Error(ErrorKind::Usage, "low must be less than high.");
            return uniform(input, count, p.real("low"), p.real("high"), task.seed);
        case Noise::Normal:
            break;
    }
    return p.real("deviation") * normalDraws(task.seed, 0, count, input);
}

/// N + 1 rows of logits: of the measured input, then of those close by.
at::Tensor logitsOf(const Problem& problem, const at::Tensor& noise, Progress& progress, std::int64_t& evaluations) {
    Report report(progress, {});
    const auto answers = [&](const at::Tensor& batch) { return problem.network->logits(batch); };
    Runner runner(answers, problem.input, problem.network->batchSize(Network::Pass::Forward), report,
                  noise.size(0) + 1);
    Scores scores = runner.run(noise.size(0) + 1, [&](std::int64_t first, at::Tensor batch) {
        batch.copy_(problem.input.expand_as(batch));
        for (std::int64_t i = std::max<std::int64_t>(0, 1 - first); i < batch.size(0); ++i)
            batch[i].add_(noise[first + i - 1].to(batch.options()));
    });
    evaluations += runner.evaluations();
    return at::tensor(scores.values, at::kDouble).view({scores.rows, scores.targets});
}

at::Tensor mapTensor(const cv::Mat& map) { return toTensor(map)[0][0].to(at::kDouble); }

/// What the inputs close by say, one value each; NaN where one does not count.
struct Found {
    std::vector<double> values;
    int changed = 0;
    int undefined = 0;
};

Measurement summary(const Found& found, bool largest) {
    std::vector<double> values;
    for (const double value : found.values)
        if (!std::isnan(value)) values.push_back(value);
    if (values.empty())
        return undefinedBecause(found.changed > 0 ? "The predicted class changes at every input close by."
                                                  : "No input close by has a map to compare with.");
    double sum = 0.0;
    for (const double value : values) sum += value;
    const double mean = sum / static_cast<double>(values.size());
    const double most = *std::max_element(values.begin(), values.end());
    Measurement result = valueOf(largest ? most : mean);
    result.facts = {{"mean", mean}, {"largest", most}, {"inputs", static_cast<double>(values.size())}};
    if (found.changed > 0)
        result.notes.push_back(fmt::format("{} of {} inputs are left out: their predicted class differs.",
                                           found.changed, found.values.size()));
    if (found.undefined > 0)
        result.notes.push_back(
            fmt::format("{} of {} inputs are left out: their map is undefined.", found.undefined, found.values.size()));
    return result;
}

}  // namespace

std::vector<Parameter> neighbourhoodParameters(Noise noise) {
    std::vector<Parameter> parameters = {{.name = "samples",
                                          .kind = ParameterKind::Integer,
                                          .defaultValue = "10",
                                          .help = "How many inputs close by are explained.",
                                          .minimum = 1,
                                          .maximum = 100000}};
    if (noise == Noise::Uniform)
        parameters.push_back(noiseLevel("radius", "0.2", "Most that a value changes, after normalisation."));
    if (noise == Noise::Raised) {
        parameters.push_back(noiseLevel("low", "0.02", "Least that is added to a value, after normalisation."));
        parameters.push_back(noiseLevel("high", "0.2", "Most that is added to a value, after normalisation."));
    }
    if (noise == Noise::Normal)
        parameters.push_back(noiseLevel("deviation", "0.1", "Standard deviation of the noise, after normalisation."));
    parameters.push_back({.name = "noise",
                          .kind = ParameterKind::File,
                          .help = "A .npy file with what is added to the normalised input, count x channels x height x "
                                  "width, instead of draws.",
                          .advanced = true});
    return parameters;
}

Measurement overNeighbours(const MetricTask& task, const Neighbourhood& neighbourhood) {
    Problem problem = *task.measured.problem;
    problem.targets.resize(1);
    const at::Tensor input = problem.input.cpu();
    const at::Tensor noise = noiseFor(task, neighbourhood.noise, input);
    std::int64_t evaluations = 0;
    PartProgress asking(task.progress, 0.0, 0.1);
    const at::Tensor logits = logitsOf(problem, noise, asking, evaluations);
    const ExplainedInput measured{input[0].to(at::kDouble), logits[0], mapTensor(task.measured.map)};
    Found found;
    for (std::int64_t i = 0; i < noise.size(0); ++i) {
        const double share = 0.9 / static_cast<double>(noise.size(0));
        PartProgress part(task.progress, 0.1 + share * static_cast<double>(i),
                          0.1 + share * static_cast<double>(i + 1));
        part.checkpoint();
        double value = std::numeric_limits<double>::quiet_NaN();
        if (neighbourhood.samePrediction && !at::equal(logits[i + 1].argmax(), logits[0].argmax())) {
            ++found.changed;
        } else {
            const at::Tensor near = input + noise[i].unsqueeze(0).to(input.scalar_type());
            const Reexplained again = task.measured.explainer(problem.withInput(near), part);
            evaluations += again.evaluations;
            if (cv::countNonZero(notFinite(again.map)) == 0)
                value = neighbourhood.between(measured, {near[0].to(at::kDouble), logits[i + 1], mapTensor(again.map)});
            if (std::isnan(value)) ++found.undefined;
        }
        found.values.push_back(value);
    }
    Measurement result = summary(found, neighbourhood.largest);
    result.evaluations = evaluations;
    return result;
}

}  // namespace discern
