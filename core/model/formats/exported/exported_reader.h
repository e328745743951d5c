#pragma once

#include <filesystem>

#include "core/model/formats/exported/exported_program.h"
#include "core/run/progress.h"

namespace discern {

/// Whether a file is an archive that torch.export writes (.pt2), of today's kind or of one up to PyTorch 2.7.
[[nodiscard]] bool isExported(const std::filesystem::path& path);

/// Reads an archive of torch.export.save(). Weights share the memory into which they were read; pickles in it are not
/// read. Throws ExportedDamage, and Error(Model) that names the file and the remedy: of another version, compiled, with weights
/// that are pickles or of a type that LibTorch does not have.
[[nodiscard]] ExportedProgram readExported(const std::filesystem::path& path, Progress& progress);

}  // namespace discern
