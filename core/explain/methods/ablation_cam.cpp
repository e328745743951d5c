#include "core/explain/activation/activation_map.h"
#include "core/explain/activation/channels.h"
#include "core/explain/perturb/runner.h"

namespace discern {
namespace {

/// A layer's values as N,C and two more dimensions, extra tokens included, and back.
struct ChannelsSecond {
    GridLayout layout;

    [[nodiscard]] at::Tensor of(const at::Tensor& values) const {
        if (layout == GridLayout::Tokens) return values.transpose(1, 2).unsqueeze(3);
        if (layout == GridLayout::SequenceFirst) return values.permute({1, 2, 0}).unsqueeze(3);
        return layout == GridLayout::ChannelsLast ? values.permute({0, 3, 1, 2}) : values;
    }
    [[nodiscard]] at::Tensor undone(const at::Tensor& values) const {
        if (layout == GridLayout::Tokens) return values.squeeze(3).transpose(1, 2);
        if (layout == GridLayout::SequenceFirst) return values.squeeze(3).permute({2, 0, 1});
        return layout == GridLayout::ChannelsLast ? values.permute({0, 2, 3, 1}) : values;
    }
};

/// What an ablated channel holds. As pytorch-grad-cam has it: nothing where the layer's smallest value is zero, and far
/// less than anything in the layer where values can be negative (1e7 less; there, each further channel of a batch is
/// lowered by as much again, so that weights depend on the batch, which is not followed); or zero, as in the paper.
double ablated(const Problem& problem, const at::Tensor& values) {
    const double least = values.min().item<double>();
    return problem.parameters.text("value") == "zero" || least == 0.0 ? 0.0 : least - 1e7;
}

/// The network that goes on behind the layer: 1e7 is beyond fp16, so there the rest is computed in fp32.
const Network& networkBehind(const Problem& problem) {
    const at::TensorOptions options = problem.network->options();
    if (options.dtype() != at::kHalf) return *problem.network;
    const Device device = options.device().is_cuda() ? Device::Cuda : Device::Cpu;
    return problem.model->network().on({device, Precision::Fp32});
}

std::vector<Attribution> run(const Problem& problem, Report& report) {
    const Network::Tapped whole = problem.network->tap(problem.input, {problem.layer.name});
    const at::Tensor values = whole.activations[0].to(at::kFloat);
    const Network::Rest rest = networkBehind(problem).behind(problem.layer.name, problem.input);
    const at::Tensor activation = onGrid(values, problem.layer)[0].to(at::kCPU).contiguous();
    const at::Tensor channels = chosenChannels(problem, activation);
    const at::Tensor unharmed = problem.scores(rest(values)).to(at::kCPU, at::kDouble);
    report.sees(unharmed);
    const at::Tensor score = unharmed[0];
    const std::int64_t count = channels.size(0);

    // Eq. 4: by which share the score falls when the network goes on without the channel.
    const auto maps = [&](const Scores& scores) {
        const at::Tensor without = at::tensor(scores.values).view({scores.rows, scores.targets}).to(at::kDouble);
        const at::Tensor shown = activation.index_select(0, channels.slice(0, 0, scores.rows));
        std::vector<Attribution> attributions;
        for (std::int64_t t = 0; t < scores.targets; ++t) {
            const at::Tensor weights = ((score[t] - without.select(1, t)) / score[t]).to(at::kFloat).view({-1, 1, 1});
            attributions.push_back(activationMap(problem, (weights * shown).sum(0)));
            attributions.back().evaluations = scores.rows + 1;
        }
        return attributions;
    };
    const ChannelsSecond layout{problem.layer.layout};
    const double value = ablated(problem, values);
    Runner runner([&](const at::Tensor& batch) { return problem.scores(rest(layout.undone(batch))); },
                  layout.of(values), problem.network->batchSize(Network::Pass::Forward), report, count);
    return maps(runner.run(
        count,
        [&](std::int64_t first, at::Tensor batch) {
            batch.copy_(runner.input().expand_as(batch));
            for (std::int64_t i = 0; i < batch.size(0); ++i)
                batch[i][channels[first + i].item<std::int64_t>()].fill_(value);
        },
        [&](const Scores& soFar) {
            if (soFar.rows < count && report.wantsPartial()) report.partial(maps(soFar));
            return true;
        }));
}

}  // namespace

Method ablationCam() {
    return {
        .name = "ablation_cam",
        .title = "Ablation-CAM",
        .family = Family::ActivationMap,
        .tells = "Where the channels lie without which the network would be less sure of the class; uses no gradient.",
        .limits =
            "Channels that can stand in for each other are each found dispensable; a negative score turns evidence and "
            "counter-evidence round; takes an evaluation of the rest of the network for each channel.",
        .source = "Desai and Ramaswamy 2020; pytorch-grad-cam 1.5",
        .usesLayer = true,
        .parameters = {channelsParameter(),
                       {.name = "value",
                        .kind = ParameterKind::Choice,
                        .defaultValue = "low",
                        .help = "What an ablated channel holds: low (zero, but far below the layer's smallest value "
                                "where that is negative; pytorch-grad-cam) or always zero (the paper).",
                        .choices = {"low", "zero"},
                        .advanced = true}},
        .run = run,
        .evaluations = &askedChannels};
}

}  // namespace discern
