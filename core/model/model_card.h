#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
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
    std::vector<ReportedFigure> reported;
    nlohmann::json original;           ///< the whole card as read, unknown fields included
    std::vector<std::string> assumed;  ///< fields that the card leaves out, e.g. "input.mean"
};

/// Reads a card. `origin` names the file for messages; `fallbackName` is the name where the card has none.
/// Throws Error(Model) where the JSON is broken, `input.size` is missing or a value has the wrong type or range.
[[nodiscard]] ModelCard parseModelCard(const std::string& json, const std::string& origin,
                                       const std::string& fallbackName);

/// The card that belongs to a model file: NAME.card.json beside it wins over `embedded` (may be empty).
/// Throws Error(Model) that says how to write one where there is neither.
[[nodiscard]] ModelCard findModelCard(const std::filesystem::path& model, const std::string& embedded);

/// Throws Error(Model) with both numbers where labels and outputs, or the card's channels and the network's, differ.
void checkCardAgainstModel(const ModelCard& card, std::int64_t outputs, std::int64_t inputChannels);

}  // namespace discern
