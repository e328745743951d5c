#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/image/input_spec.h"
#include "core/network/output_kind.h"

namespace discern {

/// A figure that the model's authors published, e.g. top-1 75.1 on ImageNet-1k val.
struct ReportedFigure {
    std::string metric;
    double value = 0.0;
    std::string dataset;
};

/// What a model's file says of itself; docs/models.md describes the JSON.
struct ModelCard {
    std::string name;
    std::string source;
    std::string licence;
    std::vector<std::string> labels;  ///< one a class; empty where the card names none
    InputSpec input;
    OutputKind output = OutputKind::Logits;
    std::string outputName;              ///< of the table of scores among several outputs; empty where there is no need
    std::optional<TensorLayout> layout;  ///< of the network's input; empty where the card does not say
    std::vector<ReportedFigure> reported;
    nlohmann::json original;           ///< the whole card as read, unknown fields included
    std::vector<std::string> assumed;  ///< fields that nobody stated, e.g. "input.mean": left out, or guessed
    std::vector<std::string> guessed;  ///< those of `assumed` that hold a guess: the card's field "guessed"
    std::string origin;                ///< the file in which it was found, the model's own or another; empty where none was
    std::vector<std::string> answered;  ///< fields that are as a person said on opening, not as that file says

    /// Whether the card's author stated that field, e.g. "output": it is there and no guess.
    [[nodiscard]] bool states(const std::string& field) const;
};

/// Reads a card. `origin` names the file for messages; `fallbackName` is the name where the card has none.
/// Throws Error(Model) where the JSON is broken, `input.size` is missing or a value has the wrong type or range.
[[nodiscard]] ModelCard parseModelCard(const std::string& json, const std::string& origin,
                                       const std::string& fallbackName);
/// The same from JSON that is parsed already.
[[nodiscard]] ModelCard readModelCard(nlohmann::json card, const std::string& origin, const std::string& fallbackName);
/// The JSON of a card whose fields are not looked at yet. Throws Error(Model) where it is broken.
[[nodiscard]] nlohmann::json parseCardText(const std::string& text, const std::string& origin);

/// The value of a field such as "input.mean"; null where the card leaves it out or gives it none.
[[nodiscard]] const nlohmann::json* findCardField(const nlohmann::json& card, const std::string& field);

/// The words that a field of a card takes, in the order of their meanings: of input.color, input.resize,
/// input.interpolation, output or layout. Empty for other fields.
[[nodiscard]] std::vector<std::string> cardWords(const std::string& field);
[[nodiscard]] std::string cardWord(TensorLayout layout);

/// What was assumed, for people: "input.color, output (left out of the card); guessed: input.size". Empty where nothing
/// was.
[[nodiscard]] std::string assumedInWords(const ModelCard& card);

/// Throws Error(Model) with both numbers where labels and outputs, or the card's channels and the network's, differ.
void checkCardAgainstModel(const ModelCard& card, std::int64_t outputs, std::int64_t inputChannels);

}  // namespace discern
