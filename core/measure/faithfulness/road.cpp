#include <ATen/Parallel.h>

#include "core/error.h"
#include "core/explain/gradient/noise.h"
#include "core/explain/report.h"
#include "core/measure/faithfulness/imputation.h"
#include "core/measure/faithfulness/removal.h"
#include "core/measure/pixel_order.h"
#include "core/store/npy.h"

namespace discern {
namespace {

std::vector<int> percentagesOf(const Parameters& parameters) {
    std::vector<int> all;
    for (int p = parameters.integer("first"); p < 100; p += parameters.integer("interval")) all.push_back(p);
    return all;
}

/// Standard normal draws, one row a percentage: N,C,H,W.
at::Tensor drawsFor(const MetricTask& task, const Problem& problem, std::int64_t count) {
    const std::string& file = task.parameters.text("draws");
    if (file.empty()) return normalDraws(task.seed, 0, count, problem.input.cpu());
    const FloatArray array = readNpy(file);
    std::vector<std::int64_t> shape = problem.input.sizes().vec();
    shape[0] = count;
    if (array.shape != shape)
        throw Error(ErrorKind::Input, file +
                                          " holds no draws for these percentages: it must be percentages x channels "
                                          "x height x width.");
    return at::tensor(array.data).view(shape);
}

/// Pictures from which the share of the pixels with the largest attribution is taken out and filled from around.
class Imputed {
public:
    Imputed(const MetricTask& task, const Problem& problem, std::vector<int> percentages)
        : order_(byFallingValue(task.measured.map)),
          percentages_(std::move(percentages)),
          noise_(task.parameters.real("noise")),
          draws_(drawsFor(task, problem, static_cast<std::int64_t>(percentages_.size()))
                     .permute({0, 2, 3, 1})
                     .contiguous()),
          imputation_(problem.height(), problem.width()) {
        const at::Tensor pixels = problem.input[0].permute({1, 2, 0}).to(at::kCPU, at::kDouble).contiguous();
        image_.assign(pixels.data_ptr<double>(), pixels.data_ptr<double>() + pixels.numel());
        channels_ = pixels.size(2);
    }

    void compose(std::int64_t first, const at::Tensor& batch) const {
        at::Tensor made = at::empty({batch.size(0), batch.size(2), batch.size(3), batch.size(1)}, at::kFloat);
        at::parallel_for(0, batch.size(0), 1, [&](std::int64_t from, std::int64_t to) {
            for (std::int64_t i = from; i < to; ++i) {
                const std::vector<double> image = imputed(static_cast<std::size_t>(first + i));
                std::transform(image.begin(), image.end(), made[i].data_ptr<float>(),
                               [](double value) { return static_cast<float>(value); });
            }
        });
        at::Tensor(batch).copy_(made.permute({0, 3, 1, 2}));
    }

private:
    [[nodiscard]] std::vector<double> imputed(std::size_t row) const {
        const std::size_t count = order_.size() * static_cast<std::size_t>(percentages_[row]) / 100;
        const std::vector<std::int32_t> removed(order_.begin(), order_.begin() + static_cast<std::ptrdiff_t>(count));
        std::vector<double> image = image_;
        imputation_.fill(image, removed, channels_);
        const float* const draws = draws_[static_cast<std::int64_t>(row)].const_data_ptr<float>();
        for (const std::int32_t pixel : removed)
            for (std::int64_t c = 0; c < channels_; ++c) {
                const auto at = static_cast<std::size_t>(pixel * channels_ + c);
                image[at] += noise_ * static_cast<double>(draws[at]);
            }
        return image;
    }

    std::vector<std::int32_t> order_;
    std::vector<int> percentages_;
    double noise_;
    at::Tensor draws_;  ///< N,H,W,C
    LinearImputation imputation_;
    std::vector<double> image_;  ///< H,W,C
    std::int64_t channels_ = 0;
};

Measurement run(const MetricTask& task) {
    const Problem problem = askedBy(task);
    const Target& target = problem.targets[0];
    const std::vector<int> percentages = percentagesOf(task.parameters);
    const auto count = static_cast<std::int64_t>(percentages.size());
    const Imputed imputed(task, problem, percentages);
    Report report(task.progress, {});
    const auto answers = [&](const at::Tensor& batch) {
        const at::Tensor logits = problem.network->logits(batch);
        const at::Tensor found = logits.argmax(1).eq(target.classIndex).to(at::kDouble);
        return at::stack({found, problem.score(logits, target).to(at::kDouble)}, 1);
    };
    Runner runner(answers, problem.input, problem.network->batchSize(Network::Pass::Forward), report, count);
    const Scores scores =
        runner.run(count, [&](std::int64_t first, at::Tensor batch) { imputed.compose(first, batch); });
    std::vector<double> shares;
    for (const int percentage : percentages) shares.push_back(percentage / 100.0);
    const std::vector<double> found = scores.column(0);
    double sum = 0.0;
    for (const double one : found) sum += one;
    Measurement result = valueOf(sum / static_cast<double>(count));
    result.curves = {{"ROAD", "share of the pixels removed", "class still first", shares, found, {}},
                     {"ROAD, score", "share of the pixels removed", scoreAxis(problem), shares, scores.column(1), {}}};
    result.evaluations = runner.evaluations();
    return result;
}

}  // namespace

TrustMetric road() {
    return {
        .name = "road",
        .title = "ROAD",
        .family = MetricFamily::Faithfulness,
        .needs = MetricNeeds::Network,
        .better = Better::Lower,
        .range = "0 to 1",
        .tells =
            "The share of the steps at which the class still comes first when the pixels of the largest attribution "
            "are taken out and filled from around with a little noise.",
        .limits =
            "Of one picture it is a yes or no at each step; what is filled in smoothly may still show where something "
            "was taken out.",
        .cost = "one evaluation a percentage, 50, and a sparse system each",
        .source = "Rong et al. 2022 (most relevant first); package quantus 0.6, ROAD, whose curve is the first",
        .parameters = {{.name = "first",
                        .kind = ParameterKind::Integer,
                        .defaultValue = "1",
                        .help = "The first percentage of pixels that is taken out.",
                        .minimum = 1,
                        .maximum = 99},
                       {.name = "interval",
                        .kind = ParameterKind::Integer,
                        .defaultValue = "2",
                        .help = "From one percentage to the next, up to 99.",
                        .minimum = 1,
                        .maximum = 98},
                       {.name = "noise",
                        .kind = ParameterKind::Real,
                        .defaultValue = "0.01",
                        .help = "Standard deviation of the noise on filled pixels, after normalisation.",
                        .minimum = 0,
                        .maximum = 10},
                       scoreParameter("probability"),
                       {.name = "draws",
                        .kind = ParameterKind::File,
                        .help = "A .npy file with standard normal draws, percentages x channels x height x width, "
                                "instead of random ones.",
                        .advanced = true}},
        .ordersPixels = true,
        .run = run};
}

}  // namespace discern
