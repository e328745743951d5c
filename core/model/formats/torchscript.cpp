#include <torch/script.h>

#include <algorithm>

#include "core/error.h"
#include "core/model/formats/format.h"
#include "core/network/torch_errors.h"

namespace discern {
namespace {

/// TorchScript files and checkpoints of weights are both ZIP archives.
bool recognises(const std::filesystem::path& /*path*/, const std::string& start) {
    return start.starts_with("PK\x03\x04");
}

/// LibTorch goes on to guess at causes.
std::string firstSentence(const std::string& text) { return text.substr(0, text.find(". ")); }

LoadedModel load(const std::filesystem::path& path, Progress& /*progress*/) {
    torch::jit::ExtraFilesMap extra{{"card.json", ""}};
    try {
        torch::jit::Module module = torch::jit::load(path.string(), at::kCPU, extra);
        return {std::move(module), extra["card.json"]};
    } catch (const std::exception& error) {
        const std::string name = path.filename().string();
        if (outOfMemory(error)) rethrowAsError(ErrorKind::Model, name + " cannot be opened");
        const std::string whole = error.what();
        const std::string reason = firstSentence(reasonOf(error));
        if (whole.find("constants.pkl") != std::string::npos)
            throw Error(ErrorKind::Model, name +
                                              " holds weights only, not a network: make a model of it with "
                                              "models/export.py --checkpoint " +
                                              name + ".");
        if (whole.find("Unknown builtin op") != std::string::npos)
            throw Error(ErrorKind::Model, name + " uses operators that this LibTorch does not know (" + reason +
                                              "): build Discern with a newer LibTorch.");
        throw Error(ErrorKind::Model, name + " cannot be opened as TorchScript: it is damaged or cut short (" + reason +
                                          "); export or copy it again.");
    }
}

}  // namespace

ModelFormat torchScript() {
    return {.name = "TorchScript",
            .extensions = {"pt", "pth", "ts", "torchscript"},
            .recognises = recognises,
            .load = load};
}

}  // namespace discern
