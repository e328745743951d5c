#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <optional>
#include <string>

#include "app/cli/console.h"
#include "core/model/card_answer.h"
#include "core/model/model.h"

namespace discern {

/// Whether what the options say was of use to any model.
struct CardUse {
    bool opened = false;
    bool used = false;
};

/// What the command line says of a model where its card does not: --input-size, --mean and the like, and --save-card.
class CardOptions {
public:
    void declare(CLI::App& app);

    /// Whether any of them was given.
    [[nodiscard]] bool given() const;
    /// Opens a model. A single model's options win over its card; among several they hold for those that have none.
    /// Says on standard error what is assumed of a model without card. Throws Error.
    [[nodiscard]] std::shared_ptr<const Model> load(const std::string& model, bool single, CardUse& use,
                                                    Console& console) const;
    /// Throws Error(Usage) where options were given and every model that was opened had a card of its own.
    void check(const CardUse& use) const;

private:
    [[nodiscard]] CardAnswer answer(bool single) const;
    void save(const Model& model, Console& console) const;

    std::string size_;  ///< these three hold numbers parted by commas, checked when they are parsed
    std::string mean_;
    std::string std_;
    std::optional<double> divide_;
    std::optional<double> crop_;
    std::string color_;
    std::string resize_;
    std::string interpolation_;
    std::filesystem::path labels_;
    std::string output_;
    std::string outputName_;
    std::string layout_;
    bool save_ = false;
};

}  // namespace discern
