#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/model/model_card.h"

namespace discern {

/// A file that has to be fetched for a model.
struct ZooFile {
    std::string name;
    std::string sha256;  ///< its beginning where it is short
    std::int64_t bytes = 0;
};

/// A pretrained model that Discern knows by name (models/zoo.json). Figures are the authors'.
struct ZooModel {
    std::string name;            ///< as on the command line, e.g. "efficientnet-lite0"
    std::string title;           ///< for people, e.g. "EfficientNet-Lite0"
    std::filesystem::path path;  ///< where its file lies once fetched
    std::string howToGet;        ///< the command that makes the file, e.g. "models/get.sh resnet50"
    std::string source;
    std::string licence;
    std::string trainedOn;         ///< in a sentence
    std::string use;               ///< what it must not be used for, in sentences; empty where nothing is said
    std::vector<ZooFile> fetched;  ///< of which the file is made
    int height = 0;
    int width = 0;
    std::int64_t parameters = 0;
    std::int64_t macs = 0;
    std::vector<ReportedFigure> reported;

    [[nodiscard]] bool installed() const;
    [[nodiscard]] std::int64_t bytesToFetch() const;
};

/// All of them, in the manifest's order.
[[nodiscard]] const std::vector<ZooModel>& zooModels();

/// The model of that name; null where there is none.
[[nodiscard]] const ZooModel* findZooModel(const std::string& name);

}  // namespace discern
