#pragma once

#include <nlohmann/json.hpp>

namespace discern {

/// What a person says of a model where its file does not.
struct CardAnswer {
    nlohmann::json card = nlohmann::json::object();  ///< any fields of a card (docs/models.md)
    bool overrides = false;  ///< wins over the card that the file has; otherwise it counts only where there is none
    bool guess = false;      ///< what is still missing of a model without a card is guessed
};

}  // namespace discern
