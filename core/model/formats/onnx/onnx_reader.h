#pragma once

#include <filesystem>

#include "core/model/formats/onnx/onnx_graph.h"
#include "core/run/progress.h"

namespace discern {

/// Reads an .onnx file and the files beside it that hold its weights. Weights share the memory into which they were
/// read. Throws Error(Model) that names the file and the remedy: damaged, of a newer kind, with weights that are
/// missing, of another size than it says or outside its folder, or with tensors of a type that LibTorch does not have.
[[nodiscard]] OnnxFile readOnnx(const std::filesystem::path& path, Progress& progress);

/// One tensor as ONNX writes it into a file of its own (.pb).
[[nodiscard]] at::Tensor readOnnxTensor(const std::filesystem::path& path);

}  // namespace discern
