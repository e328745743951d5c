#include "core/explain/explain.h"

#include <spdlog/fmt/fmt.h>
#include <torch/csrc/jit/runtime/jit_exception.h>

#include <chrono>
#include <cmath>

#include "core/error.h"
#include "core/explain/problem.h"
#include "core/network/tensors.h"

namespace discern {
namespace {

using Clock = std::chrono::steady_clock;

void checkClass(int index, const Model& model) {
    if (index < 0 || index >= model.classCount())
        throw Error(ErrorKind::Usage, fmt::format("There is no class {} in {}: it has classes 0 to {}.", index,
                                                  model.name(), model.classCount() - 1));
}

/// The targets with every -1 and unset made definite.
std::vector<Target> definite(std::vector<Target> targets, const Method& method, const Model& model,
                             const Network& network, const at::Tensor& input) {
    if (targets.empty()) throw Error(ErrorKind::Usage, "An explanation needs a target: name a class.");
    for (Target& target : targets) {
        if (target.classIndex < 0)
            target.classIndex = static_cast<int>(network.logits(input).argmax(1).item<std::int64_t>());
        checkClass(target.classIndex, model);
        if (target.versus >= 0) checkClass(target.versus, model);
        if (target.versus == target.classIndex)
            throw Error(ErrorKind::Usage, fmt::format("Class {} against itself leaves nothing to explain: name another "
                                                      "class to compare with.",
                                                      model.label(target.classIndex)));
        target.score = target.score.value_or(method.score);
    }
    return targets;
}

/// Says where there is nothing to see: NaN and a map that is the same everywhere must not look like evidence.
void flagEmptyMap(Attribution& attribution) {
    std::int64_t undefined = 0;
    float least = 0.0F;
    float most = 0.0F;
    bool any = false;
    for (auto it = attribution.map.begin<float>(); it != attribution.map.end<float>(); ++it) {
        if (!std::isfinite(*it)) {
            ++undefined;
            continue;
        }
        least = any ? std::min(least, *it) : *it;
        most = any ? std::max(most, *it) : *it;
        any = true;
    }
    if (undefined > 0) attribution.facts["undefined_pixels"] = static_cast<double>(undefined);
    if (least < most) return;
    attribution.facts["empty_map"] = 1.0;
    attribution.summary = !any ? "undefined everywhere" : fmt::format("{:.3g} everywhere", least);
}

void finish(std::vector<Attribution>& attributions, const std::vector<Target>& targets, Clock::time_point started) {
    for (std::size_t i = 0; i < attributions.size(); ++i) {
        attributions[i].target = targets[i];
        attributions[i].seconds = std::chrono::duration<double>(Clock::now() - started).count();
        flagEmptyMap(attributions[i]);
    }
}

std::string firstLine(const std::string& text) { return text.substr(0, text.find('\n')); }

/// TorchScript tells where the graph failed before it tells why.
std::string lastLine(std::string text) {
    text.erase(text.find_last_not_of(" \n") + 1);
    return text.substr(text.rfind('\n') + 1);
}

}  // namespace

std::vector<Attribution> explain(const ExplainRequest& request, Progress& progress, const PartialResults& onPartial) {
    const Clock::time_point started = Clock::now();
    const Method& method = findMethod(request.method);
    const Parameters parameters(method.parameters, request.parameters, method.name);
    const Model& model = *request.model;
    const LayerInfo layer = method.usesLayer ? model.layer(request.layer) : LayerInfo{};
    progress.report(0.0, "Preparing the input");
    progress.checkpoint();
    try {
        // A method that differentiates switches gradients on for its own passes.
        const at::NoGradGuard noGradients;
        const Network& network = model.network().on(resolve(request.compute));
        InputImage image = prepareInput(*request.picture, model.card().input);
        const at::Tensor input = toTensor(normalise(image.pixels, model.card().input)).to(network.options().device());
        const std::vector<Target> targets = definite(request.targets, method, model, network, input);
        const Problem problem{model, network, std::move(image), input, targets, parameters, layer, request.seed};

        PartialResults finishing;
        if (onPartial)
            finishing = [&](std::vector<Attribution> estimate) {
                finish(estimate, targets, started);
                onPartial(estimate);
            };
        Report report(progress, finishing);
        std::vector<Attribution> attributions = method.run(problem, report);
        finish(attributions, targets, started);
        progress.report(1.0, "Done");
        return attributions;
    } catch (const c10::Error& error) {
        throw Error(ErrorKind::Run, fmt::format("{} cannot explain {}: {}", method.title, model.name(),
                                                firstLine(error.what_without_backtrace())));
    } catch (const torch::jit::JITException& error) {
        throw Error(ErrorKind::Run,
                    fmt::format("{} cannot explain {}: {}", method.title, model.name(), lastLine(error.what())));
    }
}

}  // namespace discern
