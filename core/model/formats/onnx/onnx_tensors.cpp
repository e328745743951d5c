#include "core/model/formats/onnx/onnx_tensors.h"

#include <onnx/onnx_pb.h>
#include <spdlog/fmt/fmt.h>

#include <charconv>
#include <cstring>
#include <fstream>

#include "core/error.h"
#include "core/model/formats/onnx/onnx_types.h"

namespace discern {
namespace {

/// Small types lie in fields of larger ones.
template <class Stored, class Field>
at::Tensor narrowed(const Field& field, at::ScalarType type) {
    at::Tensor values = at::empty({field.size()}, at::TensorOptions(type));
    auto* to = static_cast<Stored*>(values.data_ptr());
    for (const auto value : field) *to++ = static_cast<Stored>(value);
    return values;
}

at::Tensor fromFields(const onnx::TensorProto& proto, at::ScalarType type) {
    switch (type) {
        case at::kFloat:
            return narrowed<float>(proto.float_data(), type);
        case at::kDouble:
            return narrowed<double>(proto.double_data(), type);
        case at::kLong:
            return narrowed<std::int64_t>(proto.int64_data(), type);
        case at::kInt:
            return narrowed<std::int32_t>(proto.int32_data(), type);
        case at::kUInt32:
            return narrowed<std::uint32_t>(proto.uint64_data(), type);
        case at::kUInt64:
            return narrowed<std::uint64_t>(proto.uint64_data(), type);
        default:
            return at::elementSize(type) == 1 ? narrowed<std::uint8_t>(proto.int32_data(), type)
                                              : narrowed<std::uint16_t>(proto.int32_data(), type);
    }
}

}  // namespace

OnnxTensors::OnnxTensors(std::shared_ptr<const onnx::ModelProto> model, const std::filesystem::path& path)
    : model_(std::move(model)), folder_(path.parent_path()), file_(path.filename().string()) {}

void OnnxTensors::refuse(const std::string& name, const std::string& why) const {
    throw Error(ErrorKind::Model, fmt::format("{}: its tensor {} {}; export or copy it again.", file_, name, why));
}

at::ScalarType OnnxTensors::typeOf(int type, const std::string& name) const {
    if (const auto known = knownOnnxType(type)) return *known;
    throw Error(
        ErrorKind::Model,
        fmt::format("{}: {} is of a type that Discern does not compute with (ONNX's number {}: text, complex, 8 "
                    "bit floating point or 4 bit); export it in fp32.",
                    file_, name, type));
}

at::Tensor OnnxTensors::of(const onnx::TensorProto& proto) {
    const at::ScalarType type = typeOf(proto.data_type(), proto.name());
    const std::vector<std::int64_t> sizes(proto.dims().begin(), proto.dims().end());
    double count = 1.0;
    for (const std::int64_t size : sizes) {
        if (size < 0) refuse(proto.name(), "has a negative size");
        count *= static_cast<double>(size);
    }
    if (proto.data_location() == onnx::TensorProto::EXTERNAL) return outside(proto, sizes, type);
    const double bytes = count * static_cast<double>(at::elementSize(type));
    if (proto.has_raw_data() || !proto.raw_data().empty()) {
        if (bytes != static_cast<double>(proto.raw_data().size()))
            refuse(proto.name(), fmt::format("takes {:.0f} bytes and has {}", bytes, proto.raw_data().size()));
        // Never written to: what is computed is another tensor.
        auto* const data = const_cast<char*>(proto.raw_data().data());
        return at::from_blob(
            data, sizes, [owner = model_](void*) {}, at::TensorOptions(type));
    }
    const at::Tensor values = fromFields(proto, type);
    if (count != static_cast<double>(values.numel()))
        refuse(proto.name(), fmt::format("takes {:.0f} values and has {}", count, values.numel()));
    return values.reshape(sizes);
}

std::vector<std::filesystem::path> OnnxTensors::files() const {
    std::vector<std::filesystem::path> files;
    for (const auto& [location, bytes] : files_) files.push_back(folder_ / location);
    return files;
}

at::Tensor OnnxTensors::outside(const onnx::TensorProto& proto, const std::vector<std::int64_t>& sizes,
                                at::ScalarType type) {
    std::string location;
    std::uint64_t offset = 0;
    for (const auto& entry : proto.external_data()) {
        if (entry.key() == "location") location = entry.value();
        if (entry.key() != "offset") continue;
        const auto [end, failure] =
            std::from_chars(entry.value().data(), entry.value().data() + entry.value().size(), offset);
        if (failure != std::errc{}) refuse(proto.name(), "lies at a place that is no number");
    }
    const at::Tensor& bytes = bytesOf(location, proto.name());
    double needed = static_cast<double>(at::elementSize(type));
    for (const std::int64_t size : sizes) needed *= static_cast<double>(size);
    if (static_cast<double>(offset) + needed > static_cast<double>(bytes.numel()))
        throw Error(ErrorKind::Model,
                    fmt::format("{} of {} is cut short: it ends before the tensor {} does; copy it again.", location,
                                file_, proto.name()));
    char* const data = static_cast<char*>(bytes.data_ptr()) + offset;
    const auto unaligned = reinterpret_cast<std::uintptr_t>(data) % at::elementSize(type) != 0;
    const at::Tensor there = at::from_blob(
        data, unaligned ? std::vector<std::int64_t>{static_cast<std::int64_t>(needed)} : sizes,
        [owner = bytes](void*) {}, at::TensorOptions(unaligned ? at::kByte : type));
    return unaligned ? there.clone().view(type).reshape(sizes) : there;
}

const at::Tensor& OnnxTensors::bytesOf(const std::string& location, const std::string& name) {
    if (const auto known = files_.find(location); known != files_.end()) return known->second;
    const std::filesystem::path relative = std::filesystem::path(location).lexically_normal();
    std::error_code failure;
    const std::filesystem::path folder = std::filesystem::weakly_canonical(folder_.empty() ? "." : folder_, failure);
    const std::filesystem::path whole = std::filesystem::weakly_canonical(folder / relative, failure);
    const auto within = std::mismatch(folder.begin(), folder.end(), whole.begin(), whole.end()).first == folder.end();
    if (location.empty() || relative.is_absolute() || relative.begin()->string() == ".." || failure || !within)
        throw Error(
            ErrorKind::Model,
            fmt::format("{} keeps its tensor {} in \"{}\", outside its own folder, where Discern does not read: put "
                        "the file beside it and export it again.",
                        file_, name, location));
    if (!std::filesystem::is_regular_file(whole, failure))
        throw Error(
            ErrorKind::Model,
            fmt::format("{} keeps its weights in {}, which is not beside it: copy that file into the same folder.",
                        file_, location));
    std::ifstream file(whole, std::ios::binary);
    at::Tensor bytes = at::empty({static_cast<std::int64_t>(std::filesystem::file_size(whole))}, at::kByte);
    if (!file.read(static_cast<char*>(bytes.data_ptr()), bytes.numel()))
        throw Error(ErrorKind::Model,
                    fmt::format("{}, the weights of {}, cannot be read; check that you may open it.", location, file_));
    return files_.emplace(location, std::move(bytes)).first->second;
}

}  // namespace discern
