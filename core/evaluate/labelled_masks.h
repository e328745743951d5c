#pragma once

#include <filesystem>
#include <string>

#include "core/evaluate/folder_walk.h"

namespace discern {

/// Whether a file is a mask by its name: NAME.mask.png.
[[nodiscard]] bool isMaskName(const std::string& file);

/// Gives the images of a set the masks of a folder, which has been walked. Masks that belong to no image are excluded,
/// under the folder's own name.
void giveMasks(LabelledSet& set, const std::filesystem::path& masks, const FolderWalk& walked);

/// Gives them the masks beside them; `besides` are all files of the set's folder with names of masks.
void giveMasksBeside(LabelledSet& set, const std::vector<std::string>& besides);

}  // namespace discern
