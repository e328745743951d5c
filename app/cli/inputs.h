#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "app/cli/card_options.h"
#include "app/cli/console.h"
#include "core/image/picture.h"
#include "core/model/model.h"

namespace discern {

/// A model and the name of its folder among the results.
struct NamedModel {
    std::shared_ptr<const Model> model;
    std::string folder;
};

/// A picture and the name of its folder among the results.
struct NamedPicture {
    std::shared_ptr<const Picture> picture;
    std::string folder;
};

/// --model and --image, each once or more, and what the models' cards leave open. What cannot be opened is told and
/// left out.
class Inputs {
public:
    void declare(CLI::App& app);

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

/// A name as a folder is called everywhere: letters, digits, '.', '_' and '-'; a number is added until it is not among
/// `taken`, to which it is added.
[[nodiscard]] std::string folderName(const std::string& name, std::set<std::string>& taken);

}  // namespace discern
