#include <torch/script.h>

#include <algorithm>

#include "core/error.h"
#include "core/model/formats/format.h"

namespace discern {
namespace {

/// TorchScript files and checkpoints of weights are both ZIP archives.
bool recognises(const std::filesystem::path& /*path*/, const std::string& start) {
    return start.starts_with("PK\x03\x04");
}

/// LibTorch goes on to guess at causes and to list its own frames.
std::string firstSentence(const std::string& text) {
    return text.substr(0, std::min(text.find('\n'), text.find(". ")));
}

LoadedModel load(const std::filesystem::path& path, Progress& /*progress*/) {
    torch::jit::ExtraFilesMap extra{{"card.json", ""}};
    try {
        torch::jit::Module module = torch::jit::load(path.string(), at::kCPU, extra);
        return {std::move(module), extra["card.json"]};
    } catch (const std::exception& error) {
        const std::string reason = error.what();
        const std::string name = path.filename().string();
        if (reason.find("constants.pkl") != std::string::npos)
            throw Error(ErrorKind::Model, name +
                                              " holds weights only, not a network: make a model of it with "
                                              "models/export.py --checkpoint " +
                                              name + ".");
        if (reason.find("Unknown builtin op") != std::string::npos)
            throw Error(ErrorKind::Model, name + " uses operators that this LibTorch does not know (" +
                                              firstSentence(reason) + "): build Discern with a newer LibTorch.");
        throw Error(ErrorKind::Model, name + " cannot be opened as TorchScript: it is damaged or cut short (" +
                                          firstSentence(reason) + "); export or copy it again.");
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
