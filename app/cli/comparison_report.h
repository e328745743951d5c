#pragma once

#include "app/cli/comparison.h"
#include "core/record/report.h"

namespace discern {

/// Writes the folders and overlays of one picture, drawn with ranges that the models share; the cells get their
/// records. `out`/IMAGE-comparison.png shows them all. Returns the picture's part of the report.
[[nodiscard]] ReportPicture writePicture(const std::filesystem::path& out, ComparedPicture& compared,
                                         const std::vector<NamedModel>& models,
                                         const std::vector<const Method*>& methods, Paths paths, Console& console);

/// A model's part of the report.
[[nodiscard]] ReportModel reportModel(const ComparedModel& model, Paths paths);

}  // namespace discern
