#pragma once

#include <filesystem>

#include "core/evaluate/evaluation.h"

namespace discern {

/// The images and labels that a CSV file names, in the order of its rows, without masks and without `labels`. The
/// columns file and label are found by their heading, or are the first and second of two where there is none. Under the
/// heading `labels` an image may have several, between semicolons or in rows of its own, or none. Throws Error(Input)
/// where the file is no such table at all.
[[nodiscard]] LabelledSet readLabelledCsv(const std::filesystem::path& table);

}  // namespace discern
