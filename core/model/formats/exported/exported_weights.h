#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "core/model/formats/archive.h"
#include "core/model/formats/exported/exported_program.h"

namespace discern {

/// The tensors of a folder of the archive, by the names of a configuration that tells where each lies and how
/// (torch/_export/serde/schema.py, `PayloadConfig`). They share the memory into which their bytes are read, once.
class ExportedWeights {
public:
    /// `folder`: as entries of the archive begin, "NAME/data/weights/". `file` names the archive for messages.
    ExportedWeights(const Archive& archive, std::string folder, nlohmann::json configuration, std::string file);

    [[nodiscard]] bool has(const std::string& name) const;
    /// Throws Error(Model) where it is a pickle or of a type that Discern does not compute with, ExportedDamage where it is
    /// not there or does not lie within its bytes.
    [[nodiscard]] ExportedWeight of(const std::string& name);

private:
    [[nodiscard]] const at::Tensor& bytesOf(const std::string& entry);

    const Archive& archive_;
    std::string folder_;
    nlohmann::json configuration_;
    std::string file_;
    std::map<std::string, at::Tensor> read_;
};

}  // namespace discern
