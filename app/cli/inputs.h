#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <string>
#include <vector>

#include "app/cli/card_options.h"
#include "app/cli/console.h"
#include "ui/report/result_folder.h"

namespace discern {

/// --model and --image, each once or more, and what the models' cards leave open. What cannot be opened is told and
/// left out.
class Inputs {
public:
    void declare(CLI::App& app);
    /// Without --image.
    void declareModels(CLI::App& app);

    /// `failures` gets a record for each that cannot be loaded.
    [[nodiscard]] std::vector<NamedModel> loadModels(Console& console, nlohmann::json& failures) const;
    [[nodiscard]] std::vector<NamedPicture> readPictures(Console& console, nlohmann::json& failures) const;
    /// The files that --image names, in order.
    [[nodiscard]] std::vector<std::filesystem::path> images() const { return {images_.begin(), images_.end()}; }
    /// What the options name, models' names among them.
    [[nodiscard]] std::vector<std::filesystem::path> files() const;

private:
    std::vector<std::string> models_;
    std::vector<std::string> images_;
    CardOptions card_;
};

}  // namespace discern
