#include <algorithm>
#include <cmath>

#include "core/error.h"
#include "core/explain/gradient/noise.h"
#include "core/explain/report.h"
#include "core/measure/faithfulness/removal.h"
#include "core/network/tensors.h"
#include "core/store/npy.h"

namespace discern {
namespace {

/// The perturbations I, of which x - I is asked: number `index` as 1,C,H,W on the CPU.
using Perturbations = std::function<at::Tensor(std::int64_t index)>;

struct Drawn {
    std::int64_t count = 0;
    Perturbations at;
};

/// x minus x with square blocks replaced, row by row: one block at a time, or also all before it.
Drawn blocks(const at::Tensor& input, const at::Tensor& removed, std::int64_t side, bool growing) {
    const std::int64_t across = (input.size(3) + side - 1) / side;
    const std::int64_t down = (input.size(2) + side - 1) / side;
    const at::Tensor difference = (input - removed).cpu();
    const at::Tensor rows = at::arange(input.size(2), at::kLong).div(side, "floor").unsqueeze(1);
    const at::Tensor columns = at::arange(input.size(3), at::kLong).div(side, "floor").unsqueeze(0);
    const at::Tensor number = rows * across + columns;
    return {across * down, [=](std::int64_t index) {
                const at::Tensor hidden = growing ? number.le(index) : number.eq(index);
                return difference * hidden.to(difference.scalar_type());
            }};
}

Drawn given(const std::string& file, const at::Tensor& input) {
    const FloatArray array = readNpy(file);
    std::vector<std::int64_t> shape = input.sizes().vec();
    if (array.shape.size() != 4 || array.shape[0] < 1 ||
        !std::equal(shape.begin() + 1, shape.end(), array.shape.begin() + 1))
        throw Error(ErrorKind::Input, file +
                                          " holds no perturbations of this input: it must be count x channels x "
                                          "height x width, as the network takes them.");
    const at::Tensor all = at::tensor(array.data).view(array.shape);
    return {array.shape[0], [all](std::int64_t index) { return all.slice(0, index, index + 1); }};
}

Drawn perturbationsFor(const MetricTask& task, const Problem& problem) {
    const Parameters& p = task.parameters;
    const at::Tensor input = problem.input.cpu();
    if (!p.text("perturbations").empty()) return given(p.text("perturbations"), input);
    if (p.text("perturb") == "noise") {
        const double deviation = p.real("deviation");
        return {p.integer("samples"), [input, deviation, seed = task.seed](std::int64_t index) {
                    return deviation * normalDraws(seed, index, 1, input);
                }};
    }
    return blocks(problem.input, removedColor(problem, p.text("baseline")), p.integer("patch"),
                  p.text("perturb") == "growing_blocks");
}

/// The mean of (scale * attributed - falls)^2, with the scale that makes it least where it is asked for.
double meanSquare(const std::vector<double>& attributed, const std::vector<double>& falls, bool scaled,
                  Measurement& result) {
    double aa = 0.0;
    double ab = 0.0;
    for (std::size_t i = 0; i < falls.size(); ++i) {
        aa += attributed[i] * attributed[i];
        ab += attributed[i] * falls[i];
    }
    const double scale = !scaled ? 1.0 : aa > 0.0 ? ab / aa : 0.0;
    if (scaled) result.facts["scale"] = scale;
    double sum = 0.0;
    for (std::size_t i = 0; i < falls.size(); ++i) sum += std::pow(scale * attributed[i] - falls[i], 2);
    return sum / static_cast<double>(falls.size());
}

Measurement run(const MetricTask& task) {
    const Problem problem = askedBy(task);
    const Drawn drawn = perturbationsFor(task, problem);
    const at::Tensor map = toTensor(task.measured.map)[0][0].to(at::kDouble);
    std::vector<double> attributed;
    const auto compose = [&](std::int64_t first, at::Tensor batch) {
        // Where memory ran out, the same inputs are composed again in smaller batches.
        attributed.resize(static_cast<std::size_t>(std::max<std::int64_t>(0, first - 1)));
        for (std::int64_t i = 0; i < batch.size(0); ++i) {
            at::Tensor row = batch.slice(0, i, i + 1);
            row.copy_(problem.input);
            if (first + i == 0) continue;  // the picture itself
            const at::Tensor perturbation = drawn.at(first + i - 1);
            attributed.push_back((map * perturbation[0].to(at::kDouble).sum(0)).sum().item<double>());
            row.sub_(perturbation.to(row.options()));
        }
    };
    Report report(task.progress, {});
    Runner runner(problem, report, drawn.count + 1);
    std::vector<double> falls = runner.run(drawn.count + 1, compose).column(0);
    const double whole = falls.front();
    falls.erase(falls.begin());
    for (double& value : falls) value = whole - value;
    const auto isZero = [](double value) { return value == 0.0; };
    Measurement result;
    result.evaluations = runner.evaluations();
    if (std::ranges::all_of(attributed, isZero) && std::ranges::all_of(falls, isZero)) {
        result.undefined = "The perturbations change nothing: choose another baseline.";
        return result;
    }
    const bool scaled = task.parameters.flag("normalise");
    result.value = meanSquare(attributed, falls, scaled, result);
    if (!scaled)
        result.notes.emplace_back(
            "Not normalised: it depends on the map's scale, so figures of methods in unlike units do not compare.");
    if (task.measured.ofMagnitudes)
        result.notes.emplace_back("The map counts by its magnitudes: evidence against the class counts as evidence.");
    return result;
}

}  // namespace

TrustMetric infidelity() {
    return {
        .name = "infidelity",
        .title = "Infidelity",
        .family = MetricFamily::Faithfulness,
        .needs = MetricNeeds::Network,
        .better = Better::Lower,
        .range = "0 and up, in squares of the score",
        .tells =
            "The mean squared difference between what the map says a perturbation takes from the score, the sum of "
            "attribution times change of the input, and what it does take.",
        .limits =
            "Written for maps that multiply the input's change, as gradients do, not for contributions; normalised it "
            "fits the scale, so a map and its negative score alike.",
        .cost = "one evaluation a perturbation, 197 at 224 x 224",
        .source =
            "Yeh et al. 2019; package quantus 0.6, Infidelity (normalise=false, patch=4); normalised as package "
            "captum does",
        .parameters = {{.name = "normalise",
                        .kind = ParameterKind::Flag,
                        .defaultValue = "true",
                        .help = "Fit the map's scale before squaring."},
                       {.name = "perturb",
                        .kind = ParameterKind::Choice,
                        .defaultValue = "growing_blocks",
                        .help = "growing_blocks: square blocks removed row by row, each with all before it, as the "
                                "package does; blocks: each alone; noise: normal noise subtracted.",
                        .choices = {"growing_blocks", "blocks", "noise"}},
                       {.name = "patch",
                        .kind = ParameterKind::Integer,
                        .defaultValue = "16",
                        .help = "Side of a block in pixels; the last ones are cut at the edge.",
                        .minimum = 1,
                        .maximum = 4096},
                       {.name = "samples",
                        .kind = ParameterKind::Integer,
                        .defaultValue = "100",
                        .help = "How many draws of noise.",
                        .minimum = 2,
                        .maximum = 1000000},
                       {.name = "deviation",
                        .kind = ParameterKind::Real,
                        .defaultValue = "0.2",
                        .help = "Standard deviation of the noise, after normalisation.",
                        .minimum = 0.000001,
                        .maximum = 100},
                       removedColorParameter("minimum"),
                       scoreParameter("logit"),
                       {.name = "perturbations",
                        .kind = ParameterKind::File,
                        .help = "A .npy file with what is subtracted from the normalised input, count x channels x "
                                "height x width.",
                        .advanced = true}},
        .run = run};
}

}  // namespace discern
