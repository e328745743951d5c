#include <ATen/ATen.h>
#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/serialization/import.h>

#include <algorithm>
#include <set>

#include "core/error.h"
#include "core/model/formats/archive.h"
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

/// Whether an entry of that name lies at the top of the archive's one folder.
bool holds(const std::vector<ArchiveEntry>& entries, const std::string& wanted) {
    return std::ranges::any_of(entries, [&](const ArchiveEntry& entry) {
        return entry.name.ends_with("/" + wanted) && entry.name.find('/') + 1 + wanted.size() == entry.name.size();
    });
}

/// Says what an archive is that is no TorchScript.
void checkKind(const std::string& file, const std::vector<ArchiveEntry>& entries) {
    if (holds(entries, "constants.pkl") || holds(entries, "model.json")) return;  // the latter up to PyTorch 1.3
    if (std::ranges::any_of(entries,
                            [](const ArchiveEntry& entry) { return entry.name.find("/code/") != std::string::npos; }))
        throw Error(ErrorKind::Model, file + " is damaged: its archive lacks constants.pkl; export or copy it again.");
    if (holds(entries, "data.pkl"))
        throw Error(ErrorKind::Model, file +
                                          " holds weights only, not a network: make a model of it with "
                                          "models/export.py --checkpoint " +
                                          file + ".");
    throw Error(ErrorKind::Model, file + " is an archive, but no TorchScript model; models/export.py writes such.");
}

/// LibTorch takes a tensor's size from one entry and its values from another, and would read past the end of these.
void checkSizes(const std::string& file, const torch::jit::Module& module, const std::vector<ArchiveEntry>& entries) {
    std::set<std::uint64_t> sizes;
    for (const ArchiveEntry& entry : entries) sizes.insert(entry.bytes);
    const auto check = [&](const at::Tensor& tensor) {
        if (tensor.defined() && tensor.has_storage() && !sizes.contains(tensor.storage().nbytes()))
            throw Error(ErrorKind::Model, file +
                                              " is damaged: its weights are of another size than it says; export or "
                                              "copy it again.");
    };
    for (const at::Tensor& parameter : module.parameters()) check(parameter);
    for (const at::Tensor& buffer : module.buffers()) check(buffer);
}

LoadedModel load(const std::filesystem::path& path, Progress& progress) {
    const std::vector<ArchiveEntry> entries = Archive(path).checked(progress);
    checkKind(path.filename().string(), entries);
    torch::jit::ExtraFilesMap extra{{"card.json", ""}};
    try {
        torch::jit::Module module = torch::jit::load(path.string(), at::kCPU, extra);
        checkSizes(path.filename().string(), module, entries);
        return {std::move(module), extra["card.json"], {}};
    } catch (const Error&) {
        throw;
    } catch (const std::exception& error) {
        const std::string name = path.filename().string();
        if (outOfMemory(error)) rethrowAsError(ErrorKind::Model, name + " cannot be opened");
        const std::string whole = error.what();
        const std::string reason = firstSentence(reasonOf(error));
        if (whole.find("Unknown builtin op") != std::string::npos)
            throw Error(ErrorKind::Model, name + " uses operators that this LibTorch does not know (" + reason +
                                              "): build Discern with a newer LibTorch.");
        if (whole.find("required keyword attribute") != std::string::npos)
            throw Error(ErrorKind::Model, name +
                                              " was saved without its weights, as optimize_for_inference leaves them "
                                              "out: export the network before that step.");
        throw Error(ErrorKind::Model, name +
                                          " cannot be opened as TorchScript: it is damaged or written by other "
                                          "means (" +
                                          reason + "); export or copy it again.");
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
