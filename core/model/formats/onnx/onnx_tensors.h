#pragma once

#include <ATen/ATen.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace onnx {
class ModelProto;
class TensorProto;
}  // namespace onnx

namespace discern {

/// The tensors of an ONNX file and of those beside it. They share the file's memory, which lives as long as any of
/// them.
class OnnxTensors {
public:
    OnnxTensors(std::shared_ptr<const onnx::ModelProto> model, const std::filesystem::path& path);

    /// Throws Error(Model) where its values are not there, are too few, or of a type that LibTorch does not have.
    [[nodiscard]] at::Tensor of(const onnx::TensorProto& proto);
    /// `name`: of what has that type, for the message.
    [[nodiscard]] at::ScalarType typeOf(int type, const std::string& name) const;

    /// The files beside it that were read.
    [[nodiscard]] std::vector<std::filesystem::path> files() const;

private:
    [[noreturn]] void refuse(const std::string& name, const std::string& why) const;
    [[nodiscard]] at::Tensor outside(const onnx::TensorProto& proto, const std::vector<std::int64_t>& sizes,
                                     at::ScalarType type);
    [[nodiscard]] const at::Tensor& bytesOf(const std::string& location, const std::string& name);

    std::shared_ptr<const onnx::ModelProto> model_;
    std::filesystem::path folder_;
    std::string file_;
    std::map<std::string, at::Tensor> files_;  ///< the bytes of a file beside it
};

}  // namespace discern
