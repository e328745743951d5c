#include "app/cli/inputs.h"

namespace discern {

void Inputs::declare(CLI::App& app) {
    declareModels(app);
    app.add_option("--image", images_, "A picture: PNG, JPEG, TIFF, WebP or BMP; may be repeated")->required();
}

void Inputs::declareModels(CLI::App& app) {
    app.add_option("--model", models_, "A TorchScript, ONNX or torch.export file, or a name that 'discern-cli models' lists; may be repeated")
        ->required();
    card_.declare(app);
}

std::vector<NamedModel> Inputs::loadModels(Console& console, nlohmann::json& failures) const {
    std::vector<NamedModel> loaded;
    std::set<std::string> taken;
    CardUse use;
    for (const std::string& name : models_) {
        console.begin("loading " + name);
        const std::string error = console.attempt([&] {
            auto model = card_.load(name, models_.size() == 1, use, console);
            std::string folder = folderName(model->name(), taken);
            loaded.push_back({std::move(model), std::move(folder), static_cast<int>(loaded.size())});
        });
        if (!error.empty()) {
            failures.push_back({{"model", name}, {"error", error}});
        }
    }
    card_.check(use);
    return loaded;
}

std::vector<NamedPicture> Inputs::readPictures(Console& console, nlohmann::json& failures) const {
    std::vector<NamedPicture> read;
    std::set<std::string> taken;
    for (const std::string& path : images_) {
        const std::string error = console.attempt([&] {
            auto picture = std::make_shared<const Picture>(readPicture(path));
            for (const std::string& note : picture->notes) {
                console.remark(picture->name + ": " + note);
            }
            read.push_back({picture, folderName(picture->path.stem().string(), taken)});
        });
        if (!error.empty()) {
            failures.push_back({{"image", path}, {"error", error}});
        }
    }
    return read;
}

std::vector<std::filesystem::path> Inputs::files() const {
    std::vector<std::filesystem::path> files(models_.begin(), models_.end());
    files.insert(files.end(), images_.begin(), images_.end());
    return files;
}

}  // namespace discern
