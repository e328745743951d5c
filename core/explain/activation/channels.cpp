#include "core/explain/activation/channels.h"

#include <spdlog/fmt/fmt.h>

#include <charconv>
#include <optional>

#include "core/error.h"
#include "core/explain/activation/activation_map.h"
#include "core/explain/perturb/replay.h"

namespace discern {
namespace {

at::Tensor readChannels(const std::string& file, const LayerInfo& layer, std::int64_t count) {
    const FloatArray array = readReplay(file, {.what = fmt::format("channels of layer {}", layer.name),
                                               .shape = {"channels"},
                                               .most = static_cast<double>(count - 1),
                                               .whole = true});
    return at::tensor(array.data).to(at::kLong);
}

/// How many channels a word asks for; nothing where it is no such number.
std::optional<std::int64_t> countOf(const std::string& word) {
    std::int64_t count = 0;
    const auto [end, failure] = std::from_chars(word.data(), word.data() + word.size(), count);
    const bool number = failure == std::errc{} && end == word.data() + word.size();
    return number && count >= 1 ? std::optional(count) : std::nullopt;
}

bool isWord(const std::string& value) { return !value.ends_with(".npy"); }

std::string whyNoChannels(const std::string& value) {
    const bool known = value == "all" || countOf(value) || !isWord(value);
    return known ? "" : "does not fit: give all, a number, or a .npy file of indices";
}

}  // namespace

at::Tensor layerActivation(const Problem& problem) {
    const at::Tensor activation = problem.network->tap(problem.input, {problem.layer.name}).activations[0];
    return onGrid(activation, problem.layer)[0].to(at::kCPU, at::kFloat).contiguous();
}

at::Tensor chosenChannels(const Problem& problem, const at::Tensor& activation) {
    const std::string& word = problem.parameters.text("channels");
    const at::Tensor order = activation.mean({1, 2}).argsort(0, /*descending=*/true);
    if (word == "all") return order;
    if (word.ends_with(".npy")) return readChannels(word, problem.layer, activation.size(0));
    const auto count = countOf(word);
    if (!count)
        throw Error(ErrorKind::Usage,
                    fmt::format("channels={} does not fit; give all, a number, or a .npy file of indices.", word));
    return order.slice(0, 0, std::min(*count, order.size(0)));
}

std::int64_t askedChannels(const Parameters& parameters, const Model&, const LayerInfo* layer) {
    if (!layer || layer->shape.size() < 2) return 1;
    const std::int64_t all = layer->layout == GridLayout::ChannelsFirst ? layer->shape[1] : layer->shape.back();
    return std::min(countOf(parameters.text("channels")).value_or(all), all);
}

Parameter channelsParameter() {
    return {.name = "channels",
            .kind = ParameterKind::Text,
            .defaultValue = "all",
            .help =
                "Which channels of the layer are tried: all, a number (those with the largest mean activation), or a "
                ".npy file of indices.",
            .isWord = &isWord,
            .refusal = &whyNoChannels};
}

}  // namespace discern
