#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/model/card_answer.h"
#include "core/model/card_guess.h"
#include "core/model/model_card.h"
#include "core/run/progress.h"

namespace discern {

class Model;

/// A model's digest: the file's SHA-256 or, where others hold its weights, one of all of theirs. Throws Error where one
/// cannot be read.
[[nodiscard]] std::string digestOfModel(const std::filesystem::path& file,
                                        const std::vector<std::filesystem::path>& beside);

/// A model's file, read: its graph, and the card that belongs to it if there is one. Any number of models can be made
/// of it, each with another card; the graph is read once. Thread-safe.
class ModelFile : public std::enable_shared_from_this<ModelFile> {
public:
    /// Opens a file, or the zoo model of that name. Throws Error(Model) where there is none or it cannot be read.
    [[nodiscard]] static std::shared_ptr<const ModelFile> open(const std::string& pathOrZooName, Progress& progress);
    ~ModelFile();

    [[nodiscard]] const std::filesystem::path& path() const;
    [[nodiscard]] const std::string& sha256() const;
    [[nodiscard]] bool hasCard() const;
    /// What its own card states, as it was read; an empty object where it has none or a broken one.
    [[nodiscard]] nlohmann::json knownFields() const;

    /// The file's own card, filled in or overridden by the answer. Throws CardMissing where nothing tells the input's
    /// size, and Error(Model) where a field cannot be used.
    [[nodiscard]] ModelCard card(const CardAnswer& answer, Progress& progress) const;

    /// What can be said of it without a card. The first call takes a few forward passes.
    [[nodiscard]] CardGuess guess(Progress& progress) const;

    /// The model that card describes. Throws Error(Model) where the card contradicts the graph.
    [[nodiscard]] std::shared_ptr<const Model> model(ModelCard card, Progress& progress) const;
    /// The same at once where the card before differed only in how pictures are prepared or what classes are called:
    /// the network is then taken as it was tried with that card. For looking at cards while they are written.
    [[nodiscard]] std::shared_ptr<const Model> preview(ModelCard card, Progress& progress) const;

private:
    struct Impl;
    explicit ModelFile(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace discern
