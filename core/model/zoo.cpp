#include "core/model/zoo.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>
#include <system_error>

#include "core/store/files.h"
#include "zoo_manifest.h"

namespace discern {

namespace {

ZooModel readEntry(const nlohmann::json& entry) {
    ZooModel model;
    model.name = entry.at("name");
    model.title = entry.at("title");
    model.path = dataFolder() / entry.at("file").get<std::string>();
    model.howToGet = "models/get.sh " + model.name;
    model.source = entry.at("source");
    model.licence = entry.at("licence");
    const nlohmann::json& card = entry.at("card");
    model.height = card.at("input").at("size").at(0);
    model.width = card.at("input").at("size").at(1);
    model.trainedOn = card.at("trained_on");
    model.use = card.value("use", "");
    for (const auto& file : entry.at("fetched")) model.fetched.push_back({file.at("file"), file.at("sha256"), file.at("bytes")});
    model.parameters = static_cast<std::int64_t>(entry.at("parameters").get<double>());
    model.macs = static_cast<std::int64_t>(entry.at("macs").get<double>());
    for (const auto& figure : entry.at("reported")) {
        model.reported.push_back({figure.at("metric"), figure.at("value"), figure.at("dataset")});
    }
    return model;
}

}  // namespace

bool ZooModel::installed() const {
    std::error_code ignored;
    return std::filesystem::is_regular_file(path, ignored);
}

std::int64_t ZooModel::bytesToFetch() const {
    return std::accumulate(fetched.begin(), fetched.end(), std::int64_t{0},
                           [](std::int64_t sum, const ZooFile& file) { return sum + file.bytes; });
}

const std::vector<ZooModel>& zooModels() {
    static const std::vector<ZooModel> models = [] {
        std::vector<ZooModel> read;
        const nlohmann::json manifest = nlohmann::json::parse(zooManifest);
        for (const auto& entry : manifest.at("models")) {
            read.push_back(readEntry(entry));
        }
        return read;
    }();
    return models;
}

const ZooModel* findZooModel(const std::string& name) {
    const auto& models = zooModels();
    const auto found = std::ranges::find(models, name, &ZooModel::name);
    return found == models.end() ? nullptr : &*found;
}

}  // namespace discern
