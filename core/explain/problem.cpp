#include "core/explain/problem.h"

#include <chrono>
#include <utility>

#include "core/explain/tensors.h"

namespace discern {

at::Tensor Problem::score(const at::Tensor& logits, const Target& target) const {
    const bool probability = target.score == ScoreKind::Probability;
    const at::Tensor outputs = probability ? network.probabilities(logits) : logits;
    const at::Tensor score = outputs.select(1, target.classIndex);
    return target.versus < 0 ? score : score - outputs.select(1, target.versus);
}

at::Tensor Problem::scores(const at::Tensor& logits) const {
    std::vector<at::Tensor> columns;
    for (const Target& target : targets) columns.push_back(score(logits, target));
    return at::stack(columns, 1);
}

at::Tensor Problem::normalised(double value) const {
    const InputSpec& spec = model.card().input;
    const cv::Mat pixel(1, 1, CV_32FC(spec.channels()), cv::Scalar::all(value));
    return toTensor(normalise(pixel, spec)).to(input.device());
}

Report::Report(Progress& progress, std::function<void(const std::vector<Attribution>&)> onPartial)
    : progress_(progress), onPartial_(std::move(onPartial)) {}

void Report::progress(double fraction, const std::string& stage) { progress_.report(fraction, stage); }

void Report::checkpoint() const { progress_.checkpoint(); }

bool Report::wantsPartial() {
    if (!onPartial_) return false;
    constexpr std::int64_t kPauseMs = 100;
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    const std::int64_t ms = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
    if (ms - lastPartialMs_ < kPauseMs) return false;
    lastPartialMs_ = ms;
    return true;
}

void Report::partial(const std::vector<Attribution>& estimate) {
    if (onPartial_) onPartial_(estimate);
}

}  // namespace discern
