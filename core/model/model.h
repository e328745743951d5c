#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/image/picture.h"
#include "core/model/card_answer.h"
#include "core/model/model_card.h"
#include "core/model/speed.h"
#include "core/network/conduct.h"
#include "core/network/layer_info.h"
#include "core/run/compute.h"
#include "core/run/progress.h"

namespace discern {

class Network;

/// What a model answers for one picture.
struct Prediction {
    std::vector<float> logits;         ///< one a class; for models that give
                                       ///< probabilities, their logarithm or log-odds
    std::vector<float> probabilities;  ///< one a class, 0..1

    /// The k classes with the largest probability, falling.
    [[nodiscard]] std::vector<int> top(int k) const;
    /// How many logits are NaN or infinite, in words; empty where none is.
    [[nodiscard]] std::string undefined() const;
    /// Whether any class has a probability at all.
    [[nodiscard]] bool defined() const;
};

/// A pretrained classifier: immutable, shared among threads.
class Model {
public:
    /// Opens a file, or the zoo model of that name. Throws Error(Model) where it cannot be loaded or is no classifier,
    /// and CardMissing where neither its card nor the answer tells the input's size.
    [[nodiscard]] static std::shared_ptr<const Model> load(const std::string& pathOrZooName, Progress& progress,
                                                           const CardAnswer& answer = {});

    /// From a card and the network that it describes. Throws Error(Model) where they contradict each other.
    Model(ModelCard card, std::filesystem::path path, std::string sha256, std::shared_ptr<const Network> network,
          std::vector<std::filesystem::path> beside = {});
    ~Model();

    [[nodiscard]] const std::string& name() const { return card_.name; }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    [[nodiscard]] const std::string& sha256() const { return sha256_; }  ///< digestOfModel() of its files
    /// Other files that hold its weights.
    [[nodiscard]] const std::vector<std::filesystem::path>& beside() const { return beside_; }
    [[nodiscard]] const ModelCard& card() const { return card_; }
    /// Of the card as read: beside the file's own digest, since a card may lie beside the file.
    [[nodiscard]] const std::string& cardSha256() const { return cardSha256_; }
    [[nodiscard]] const std::vector<LayerInfo>& layers() const;
    [[nodiscard]] const Complexity& complexity() const;
    [[nodiscard]] int classCount() const;
    /// How it behaved when it was tried on opening.
    [[nodiscard]] const Conduct& conduct() const;
    /// The class's label, or "class 7" where the card has none.
    [[nodiscard]] std::string label(int classIndex) const;
    /// The layer of that name; "last" is the last activation with a spatial grid (docs/methods.md says which in a
    /// transformer). Throws Error(Usage) that names near matches, Error(Run) where there is no `last`.
    [[nodiscard]] const LayerInfo& layer(const std::string& nameOrLast) const;
    /// The same; null where there is none.
    [[nodiscard]] const LayerInfo* findLayer(const std::string& nameOrLast) const;

    [[nodiscard]] Prediction predict(const Picture& picture, Compute compute = {}) const;
    /// Takes a few seconds; cancellable.
    [[nodiscard]] Speed measureSpeed(Progress& progress, Compute compute = {}) const;

    /// The graph behind it, for core's own methods.
    [[nodiscard]] const Network& network() const { return *network_; }

private:
    ModelCard card_;
    std::filesystem::path path_;
    std::string sha256_;
    std::vector<std::filesystem::path> beside_;
    std::string cardSha256_;
    std::shared_ptr<const Network> network_;
};

/// File endings of models, lower case, without the dot; for dialogs and folder scans.
[[nodiscard]] std::vector<std::string> modelExtensions();

/// An index or a label (case ignored; the part before a comma is enough) as a class of the model. Throws Error(Usage)
/// that names near matches.
[[nodiscard]] int findClass(const Model& model, const std::string& indexOrLabel);

}  // namespace discern
