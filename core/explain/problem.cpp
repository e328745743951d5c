#include "core/explain/problem.h"

#include <ATen/core/grad_mode.h>
#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <utility>

#include "core/error.h"
#include "core/network/input_tensor.h"
#include "core/network/tensors.h"
#include "core/network/torch_errors.h"

namespace discern {
namespace {

void checkClass(int index, int classes, const std::string& model) {
    if (index < 0 || index >= classes)
        throw Error(ErrorKind::Usage,
                    fmt::format("There is no class {} in {}: it has classes 0 to {}.", index, model, classes - 1));
}

/// The targets with every -1 and unset made definite.
std::vector<Target> definite(std::vector<Target> targets, const Problem& problem) {
    if (targets.empty()) throw Error(ErrorKind::Usage, "An explanation needs a target: name a class.");
    const Model& model = *problem.model;
    for (Target& target : targets) {
        if (target.classIndex < 0)
            target.classIndex = static_cast<int>(problem.network->logits(problem.input).argmax(1).item<std::int64_t>());
        checkClass(target.classIndex, model.classCount(), model.name());
        if (target.versus >= 0) checkClass(target.versus, model.classCount(), model.name());
        if (target.versus == target.classIndex)
            throw Error(
                ErrorKind::Usage,
                fmt::format("Class {} against itself leaves nothing to explain: name another class to compare with.",
                            model.label(target.classIndex)));
        if (!target.score) target.score = problem.method != nullptr ? problem.method->score : ScoreKind::Logit;
    }
    return targets;
}

/// The pixels that an input (1,C,H,W) stands for, as InputImage has them.
cv::Mat pixelsOf(const at::Tensor& input, const InputSpec& spec) {
    const at::Tensor planes = input[0].detach().to(at::kCPU, at::kDouble);
    const at::Tensor mean = at::tensor(spec.mean).to(at::kDouble).view({-1, 1, 1});
    const at::Tensor deviation = at::tensor(spec.std).to(at::kDouble).view({-1, 1, 1});
    const at::Tensor levels = ((planes * deviation + mean) * spec.divide).clamp(0.0, 255.0);
    const at::Tensor rows = levels.permute({1, 2, 0}).to(at::kFloat).contiguous();
    return cv::Mat(static_cast<int>(rows.size(0)), static_cast<int>(rows.size(1)), CV_32FC(spec.channels()),
                   rows.data_ptr<float>())
        .clone();
}

/// Whom a request asks about, with no method yet.
Problem bare(const ExplainRequest& request) {
    return {.model = request.model,
            .network = nullptr,
            .image = {},
            .input = {},
            .targets = {},
            .method = nullptr,
            .parameters = Parameters({}, {}, {}),
            .layer = {},
            .seed = request.seed};
}

/// With network, input and targets; `failed` begins the sentence where that fails.
Problem prepared(Problem problem, const ExplainRequest& request, Progress& progress, const std::string& failed) {
    progress.report(0.0, "Preparing the input");
    progress.checkpoint();
    return translated(ErrorKind::Run, failed + request.model->name(), [&] {
        const at::NoGradGuard noGradients;
        // The model owns its network in every precision.
        problem.network = {request.model, &request.model->network().on(request.compute)};
        problem = problem.withPicture(*request.picture);
        problem.targets = definite(request.targets, problem);
        return problem;
    });
}

}  // namespace

Problem makeProblem(const ExplainRequest& request, Progress& progress) {
    const Method& method = findMethod(request.method);
    if (const std::string why = whyUnsuitable(method, *request.model); !why.empty()) throw Error(ErrorKind::Run, why);
    Problem problem = bare(request);
    problem.method = &method;
    problem.parameters = Parameters(method.parameters, request.parameters, method.name);
    if (method.usesLayer) problem.layer = request.model->layer(request.layer);
    return prepared(std::move(problem), request, progress, method.title + " cannot explain ");
}

Problem makeQuestion(const ExplainRequest& request, Progress& progress) {
    return prepared(bare(request), request, progress, "Nothing can be asked of ");
}

Problem Problem::withPicture(const Picture& picture) const {
    const InputSpec& spec = model->card().input;
    Problem varied = *this;
    varied.image = prepareInput(picture, spec);
    varied.input = inputTensor(varied.image, spec).to(network->options().device());
    return varied;
}

Problem Problem::withInput(const at::Tensor& another) const {
    Problem varied = *this;
    varied.input = another.detach().to(input.options());
    varied.image.pixels = pixelsOf(varied.input, model->card().input);
    return varied;
}

Problem Problem::withNetwork(std::shared_ptr<const Network> another) const {
    for (const Target& target : targets)
        checkClass(std::max(target.classIndex, target.versus), another->classCount(), "the other network");
    Problem varied = *this;
    if (!layer.name.empty()) {
        const auto found = std::ranges::find(another->layers(), layer.name, &LayerInfo::name);
        if (found == another->layers().end())
            throw Error(ErrorKind::Usage, fmt::format("The other network has no layer {}.", layer.name));
        varied.layer = *found;
    }
    varied.input = input.to(another->options().device());
    varied.network = std::move(another);
    return varied;
}

at::Tensor Problem::score(const at::Tensor& logits, const Target& target) const {
    const bool probability = target.score == ScoreKind::Probability;
    const at::Tensor outputs = probability ? network->probabilities(logits) : logits;
    const at::Tensor score = outputs.select(1, target.classIndex);
    return target.versus < 0 ? score : score - outputs.select(1, target.versus);
}

at::Tensor Problem::scores(const at::Tensor& logits) const {
    std::vector<at::Tensor> columns;
    for (const Target& target : targets) columns.push_back(score(logits, target));
    return at::stack(columns, 1);
}

at::Tensor Problem::answers(const at::Tensor& inputs) const { return scores(network->logits(inputs)); }

at::Tensor Problem::answers(const std::vector<Picture>& pictures) const {
    constexpr std::size_t kAtOnce = 16;
    const at::NoGradGuard noGradients;
    std::vector<at::Tensor> parts;
    for (std::size_t first = 0; first < pictures.size(); first += kAtOnce) {
        std::vector<at::Tensor> batch;
        for (std::size_t i = first; i < std::min(first + kAtOnce, pictures.size()); ++i)
            batch.push_back(inputTensor(pictures[i], model->card().input));
        parts.push_back(answers(at::cat(batch)));
    }
    return parts.empty() ? at::empty({0, static_cast<std::int64_t>(targets.size())}) : at::cat(parts);
}

at::Tensor Problem::normalised(double value) const {
    const InputSpec& spec = model->card().input;
    const InputImage pixel{cv::Mat(1, 1, CV_32FC(spec.channels()), cv::Scalar::all(value)), {}};
    return inputTensor(pixel, spec).to(input.device());
}

}  // namespace discern
