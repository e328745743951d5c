#include "core/network/classifier_output.h"

#include <spdlog/fmt/fmt.h>

#include "core/error.h"

namespace discern {
namespace {

void collect(const c10::IValue& value, std::vector<at::Tensor>& found) {
    if (value.isTensor()) {
        const at::Tensor& tensor = value.toTensor();
        if (!tensor.defined() || !tensor.is_floating_point()) return;
        if (tensor.dim() == 2)
            found.push_back(tensor);
        else if (tensor.dim() == 1)
            found.push_back(tensor.unsqueeze(1));
        else if (tensor.dim() == 4 && tensor.size(2) == 1 && tensor.size(3) == 1)
            found.push_back(tensor.flatten(1));
    } else if (value.isTuple()) {
        for (const c10::IValue& element : value.toTupleRef().elements()) collect(element, found);
    } else if (value.isList()) {
        for (const c10::IValue& element : value.toListRef()) collect(element, found);
    } else if (value.isGenericDict()) {
        for (const auto& entry : value.toGenericDict()) collect(entry.value(), found);
    }
}

std::string shapeOf(const std::vector<c10::IValue>& outputs) {
    if (outputs.size() == 1 && outputs[0].isTensor())
        return fmt::format("a tensor of {} dimensions", outputs[0].toTensor().dim());
    return "no tensor of one row an image";
}

/// Keeps logarithms of probabilities that underflow finite.
constexpr double kLeast = 1e-12;

bool independent(OutputKind kind) {
    return kind == OutputKind::MultilabelLogits || kind == OutputKind::MultilabelProbabilities ||
           kind == OutputKind::BinaryLogit || kind == OutputKind::BinaryProbability;
}

}  // namespace

at::Tensor classifierOutput(const std::vector<c10::IValue>& outputs) {
    std::vector<at::Tensor> found;
    for (const c10::IValue& output : outputs) collect(output, found);
    if (found.empty())
        throw Error(ErrorKind::Model, fmt::format("It is no image classifier: it gives {}, not one row of class scores "
                                                  "an image.",
                                                  shapeOf(outputs)));
    if (found.size() > 1)
        throw Error(ErrorKind::Model, fmt::format("It gives {} tables of scores, and nothing says which one names the "
                                                  "classes: export it with one output.",
                                                  found.size()));
    return found[0].to(at::kFloat);
}

at::Tensor toLogits(const at::Tensor& output, OutputKind kind) {
    switch (kind) {
        case OutputKind::Probabilities:
            return output.clamp_min(kLeast).log();
        case OutputKind::MultilabelProbabilities:
            return at::logit(output, kLeast);
        case OutputKind::BinaryLogit:
            return at::cat({-output, output}, 1);
        case OutputKind::BinaryProbability: {
            const at::Tensor logit = at::logit(output, kLeast);
            return at::cat({-logit, logit}, 1);
        }
        case OutputKind::Logits:
        case OutputKind::MultilabelLogits:
            break;
    }
    return output;
}

at::Tensor toProbabilities(const at::Tensor& logits, OutputKind kind) {
    return independent(kind) ? logits.sigmoid() : logits.softmax(1);
}

}  // namespace discern
