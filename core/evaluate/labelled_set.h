#pragma once

#include <filesystem>

#include "core/evaluate/evaluation.h"

namespace discern {

/// Reads which images a labelled set holds, without decoding them. `dataset` is a folder with a sub-folder a class; or a
/// CSV file with the columns file and label (RFC 4180), whose files are below its own folder; or a folder that holds
/// such a CSV file and no sub-folder with images. In a table with the column labels an image may have several or none.
/// `masks` is a folder in which the mask of an image has the image's relative name, or the same ending in .png; where it
/// is empty, NAME.mask.png beside an image is its mask. Masks are no images of the set. What counts nowhere is listed in
/// `excluded`, with the reason. Throws Error(Input) where there is no image at all, with what was found instead.
[[nodiscard]] LabelledSet readLabelledSet(const std::filesystem::path& dataset, const std::filesystem::path& masks = {});

}  // namespace discern
