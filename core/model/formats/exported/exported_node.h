#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "core/model/formats/exported/exported_program.h"

namespace discern {

/// A node of a graph, and what it is given or gives, from their JSON. Throw ExportedDamage.
[[nodiscard]] ExportedNode readExportedNode(const nlohmann::json& node);
[[nodiscard]] ExportedArgument readExportedArgument(const nlohmann::json& value, std::string name = {});

}  // namespace discern
