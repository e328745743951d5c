#pragma once

#include <functional>

#include "core/record/report.h"
#include "ui/report/comparison.h"

namespace discern {

/// Runs one item, whose error stops no other: it is told where such things are, and its text is returned; empty where all
/// went well. Error(Cancelled) passes through.
using Attempt = std::function<std::string(const std::function<void()>&)>;

/// Writes the folders and overlays of one picture, drawn with ranges that the models share; the cells get their
/// records. `out`/IMAGE-comparison.png shows them all. Returns the picture's part of the report.
[[nodiscard]] ReportPicture writePicture(const std::filesystem::path& out, ComparedPicture& compared,
                                         const Comparison& comparison, const Attempt& attempt);

/// A model's part of the report.
[[nodiscard]] ReportModel reportModel(const ComparedModel& model, Paths paths);

}  // namespace discern
