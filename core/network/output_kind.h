#pragma once

#include <array>
#include <string_view>
#include <utility>

namespace discern {

/// What a classifier's outputs are. Binary ones are a single output that speaks for the second of two classes.
enum class OutputKind {
    Logits,
    Probabilities,
    MultilabelLogits,
    MultilabelProbabilities,
    BinaryLogit,
    BinaryProbability
};

/// The words that cards have for them.
inline constexpr std::array<std::pair<std::string_view, OutputKind>, 6> kOutputWords = {
    {{"logits", OutputKind::Logits},
     {"probabilities", OutputKind::Probabilities},
     {"multilabel-logits", OutputKind::MultilabelLogits},
     {"multilabel-probabilities", OutputKind::MultilabelProbabilities},
     {"binary-logit", OutputKind::BinaryLogit},
     {"binary-probability", OutputKind::BinaryProbability}}};

[[nodiscard]] constexpr std::string_view toString(OutputKind kind) {
    for (const auto& [word, meaning] : kOutputWords)
        if (meaning == kind) return word;
    return "";
}

/// One output speaks for two classes.
[[nodiscard]] constexpr bool isBinary(OutputKind kind) {
    return kind == OutputKind::BinaryLogit || kind == OutputKind::BinaryProbability;
}

/// The order of a picture's dimensions as the network takes them.
enum class TensorLayout { Nchw, Nhwc };

}  // namespace discern
