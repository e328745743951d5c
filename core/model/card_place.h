#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace discern {

/// A card's text and where it stands, for messages.
struct FoundCard {
    std::string text;
    std::string origin;
};

/// NAME.card.json beside the model, else the one kept in the user's folder for a file of that SHA-256, else `embedded`
/// where it is not empty. Throws Error(Model) where a card is there but cannot be read.
[[nodiscard]] std::optional<FoundCard> findCard(const std::filesystem::path& model, const std::string& embedded,
                                                const std::string& sha256);

/// NAME.card.json.
[[nodiscard]] std::filesystem::path cardBeside(const std::filesystem::path& model);
/// SHA256.card.json in the folder "cards" of the user's data.
[[nodiscard]] std::filesystem::path cardInUsersFolder(const std::string& sha256);

/// Writes a card beside its model, or where that folder is not writable into the user's folder, and tells where.
/// Throws Error(Run) where neither can be written, or where one that cannot be replaced would be found first.
std::filesystem::path keepCard(const nlohmann::json& card, const std::filesystem::path& model,
                               const std::string& sha256);

}  // namespace discern
