#include "core/explain/problem.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "core/network/tensors.h"

namespace discern {
namespace {

std::int64_t nowMs() {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

}  // namespace

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
    partialBegunMs_ = nowMs();
    return partialBegunMs_ >= nextPartialMs_;
}

void Report::partial(const std::vector<Attribution>& estimate) {
    constexpr std::int64_t kShortestPauseMs = 100;
    constexpr std::int64_t kPauseToCost = 9;
    if (!onPartial_) return;
    onPartial_(estimate);
    const std::int64_t now = nowMs();
    nextPartialMs_ = now + std::max(kShortestPauseMs, kPauseToCost * (now - partialBegunMs_));
}

}  // namespace discern
