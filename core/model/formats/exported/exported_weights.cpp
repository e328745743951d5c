#include "core/model/formats/exported/exported_weights.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>

#include "core/error.h"
#include "core/model/formats/exported/exported_json.h"
#include "core/model/formats/exported/exported_types.h"

namespace discern {
namespace {

std::int64_t fixedSize(const nlohmann::json& size) {
    const auto choice = choiceOf(size, "sizes");
    if (choice.key() != "as_int") throw ExportedDamage("the size of one of its weights is no number");
    const std::int64_t length = wholeOf(*choice, "sizes");
    if (length < 0) throw ExportedDamage("the size of one of its weights is negative");
    return length;
}

std::vector<std::int64_t> fixedSizes(const nlohmann::json& sizes) {
    std::vector<std::int64_t> lengths;
    for (const nlohmann::json& size : listOf(sizes, "sizes")) lengths.push_back(fixedSize(size));
    return lengths;
}

/// The values from the beginning of its bytes to its last one; as fractions, which do not overflow.
double reach(const std::vector<std::int64_t>& sizes, const std::vector<std::int64_t>& strides, std::int64_t offset) {
    double last = static_cast<double>(offset);
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        if (sizes[i] == 0) return 0.0;
        last += static_cast<double>(sizes[i] - 1) * static_cast<double>(strides[i]);
    }
    return last + 1.0;
}

double countOf(const std::vector<std::int64_t>& sizes) {
    double count = 1.0;
    for (const std::int64_t size : sizes) count *= static_cast<double>(size);
    return count;
}

}  // namespace

ExportedWeights::ExportedWeights(const Archive& archive, std::string folder, nlohmann::json configuration,
                                 std::string file)
    : archive_(archive),
      folder_(std::move(folder)),
      configuration_(std::move(configuration)),
      file_(std::move(file)) {}

bool ExportedWeights::has(const std::string& name) const { return configuration_.contains(name); }

ExportedWeight ExportedWeights::of(const std::string& name) {
    const nlohmann::json& described = field(configuration_, name.c_str());
    if (flagOf(field(described, "use_pickle"), "use_pickle"))
        throw Error(ErrorKind::Model,
                    fmt::format("{} keeps its tensor {} as a pickle, which can run any code when it is opened, so "
                                "Discern does not: export the network with plain tensors.",
                                file_, name));
    const nlohmann::json& meta = field(described, "tensor_meta");
    const std::int64_t number = wholeOf(field(meta, "dtype"), "dtype");
    const auto type = exportedType(number);
    if (!type)
        throw Error(ErrorKind::Model,
                    fmt::format("{}: its tensor {} is of a type that Discern does not compute with (torch.export's "
                                "number {}: complex or 8 bit floating point); export it in fp32.",
                                file_, name, number));
    if (!exportedLayout(wholeOf(field(meta, "layout"), "layout")))
        throw Error(ErrorKind::Model,
                    fmt::format("{}: its tensor {} is sparse; export it as a dense one.", file_, name));
    const std::vector<std::int64_t> sizes = fixedSizes(field(meta, "sizes"));
    const std::vector<std::int64_t> strides = fixedSizes(field(meta, "strides"));
    const std::int64_t offset = fixedSize(field(meta, "storage_offset"));
    if (sizes.size() != strides.size()) throw ExportedDamage("its tensor " + name + " has too few strides");
    const at::Tensor bytes = bytesOf(textOf(field(described, "path_name"), "path_name"));
    const double there = static_cast<double>(bytes.numel()) / static_cast<double>(at::elementSize(*type));
    if (reach(sizes, strides, offset) > there || countOf(sizes) > std::max(there, 0x1p28))
        throw ExportedDamage("its tensor " + name + " is larger than the bytes that it is made of");
    const bool parameter = flagOf(field(described, "is_param"), "is_param");
    if (countOf(sizes) == 0.0) return {at::empty(sizes, at::TensorOptions(*type)), parameter};
    char* const data = static_cast<char*>(bytes.data_ptr()) + static_cast<std::size_t>(offset) * at::elementSize(*type);
    return {at::from_blob(
                data, sizes, strides, [owner = bytes](void*) {}, at::TensorOptions(*type)),
            parameter};
}

const at::Tensor& ExportedWeights::bytesOf(const std::string& entry) {
    if (const auto known = read_.find(entry); known != read_.end()) return known->second;
    const std::vector<ArchiveEntry>& entries = archive_.entries();
    const auto found = std::ranges::find(entries, folder_ + entry, &ArchiveEntry::name);
    if (found == entries.end()) throw ExportedDamage("its entry " + entry + " is missing");
    at::Tensor bytes = at::empty({static_cast<std::int64_t>(found->bytes)}, at::kByte);
    archive_.read(static_cast<std::size_t>(found - entries.begin()), static_cast<char*>(bytes.data_ptr()));
    return read_.emplace(entry, std::move(bytes)).first->second;
}

}  // namespace discern
