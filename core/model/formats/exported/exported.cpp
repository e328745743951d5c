#include <ATen/core/grad_mode.h>

#include "core/error.h"
#include "core/model/formats/exported/exported_builder.h"
#include "core/model/formats/exported/exported_json.h"
#include "core/model/formats/exported/exported_reader.h"
#include "core/model/formats/format.h"
#include "core/model/formats/picture_input.h"
#include "core/network/torch_errors.h"

namespace discern {
namespace {

/// TorchScript files and checkpoints of weights are ZIP archives, too.
bool recognises(const std::filesystem::path& path, const std::string& start) {
    return start.starts_with("PK\x03\x04") && isExported(path);
}

LoadedModel read(const std::filesystem::path& path, Progress& progress) {
    const std::string name = path.filename().string();
    const at::NoGradGuard noGradients;
    const ExportedProgram program = readExported(path, progress);
    progress.checkpoint();
    std::vector<PictureInput> inputs;
    for (const ExportedInput& input : program.inputs) inputs.push_back({input.name, input.shape.size()});
    checkTakesOnePicture(name, inputs);
    return {moduleOf(program, name), program.card, {}};
}

LoadedModel load(const std::filesystem::path& path, Progress& progress) {
    const std::string name = path.filename().string();
    return translated(ErrorKind::Model, name + " cannot be opened", [&]() -> LoadedModel {
        try {
            return read(path, progress);
        } catch (const ExportedDamage& damage) {
            throw Error(ErrorKind::Model, name + " is damaged: " + damage.what() + "; export or copy it again.");
        }
    });
}

}  // namespace

ModelFormat exportedProgram() {
    return {.name = "torch.export", .extensions = {"pt2"}, .recognises = recognises, .load = load};
}

}  // namespace discern
