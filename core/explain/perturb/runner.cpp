#include "core/explain/perturb/runner.h"

#include <ATen/core/grad_mode.h>
#include <spdlog/fmt/fmt.h>

#include "core/error.h"
#include "core/explain/perturb/compose.h"
#include "core/network/torch_errors.h"

namespace discern {

std::vector<double> Scores::column(std::int64_t target) const {
    std::vector<double> result(static_cast<std::size_t>(rows));
    for (std::int64_t row = 0; row < rows; ++row) result[static_cast<std::size_t>(row)] = at(row, target);
    return result;
}

Runner::Runner(const Problem& problem, Report& report, std::int64_t expected)
    : Runner([&problem](const at::Tensor& batch) { return problem.answers(batch); }, problem.input,
             problem.network->batchSize(Network::Pass::Forward), report, expected) {}

Runner::Runner(Answers answers, const at::Tensor& input, std::int64_t batch, Report& report, std::int64_t expected)
    : answers_(std::move(answers)),
      input_(input.detach().to(at::kFloat).contiguous(at::MemoryFormat::ChannelsLast)),
      report_(report),
      batch_(batch),
      expected_(expected) {}

Scores Runner::run(std::int64_t count, const Compose& compose, const AfterBatch& afterBatch) {
    const at::NoGradGuard noGradient;
    Scores scores;
    at::Tensor buffer;
    while (scores.rows < count) {
        report_.checkpoint();
        const std::int64_t n = std::min(batch_, count - scores.rows);
        at::Tensor answers;
        try {
            if (!buffer.defined())
                buffer = at::empty({std::min(batch_, count), input_.size(1), input_.size(2), input_.size(3)},
                                   input_.options(), at::MemoryFormat::ChannelsLast);
            const at::Tensor batch = buffer.narrow(0, 0, n);
            compose(scores.rows, batch);
            answers = answers_(batch).to(at::kCPU, at::kDouble).contiguous();
        } catch (const std::exception& failure) {
            if (!outOfMemory(failure)) throw;
            if (batch_ == 1)
                throw Error(ErrorKind::Run,
                            "One image does not fit into the device's free memory; close other programs that use it, "
                            "or choose the CPU.");
            batch_ /= 2;
            buffer.reset();
            continue;
        }
        report_.sees(answers);
        scores.targets = answers.size(1);
        const double* first = answers.const_data_ptr<double>();
        scores.values.insert(scores.values.end(), first, first + answers.numel());
        scores.rows += n;
        evaluations_ += n;
        report_.progress(static_cast<double>(evaluations_) / static_cast<double>(std::max(expected_, evaluations_)),
                         fmt::format("{} of {} evaluations", evaluations_, std::max(expected_, evaluations_)));
        if (afterBatch && !afterBatch(scores)) break;
    }
    return scores;
}

Scores Runner::masked(std::int64_t count, const at::Tensor& baseline, const FillMasks& fill,
                      const AfterBatch& afterBatch) {
    const at::Tensor hidden =
        baseline.to(input_.options()).expand_as(input_).contiguous(at::MemoryFormat::ChannelsLast);
    at::Tensor masks;
    return run(
        count,
        [&](std::int64_t first, at::Tensor batch) {
            if (!masks.defined() || masks.size(0) < batch.size(0))
                masks = at::empty({batch.size(0), 1, batch.size(2), batch.size(3)}, at::kFloat);
            const at::Tensor wanted = masks.narrow(0, 0, batch.size(0));
            fill(first, wanted);
            blend(batch, input_, hidden, wanted);
        },
        afterBatch);
}

}  // namespace discern
