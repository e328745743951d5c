#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/run/progress.h"

namespace discern {

class Workbench;

/// Writes what `discern-cli compare` writes into a folder, which is made and goes again where that fails or is cancelled.
/// Returns what could not be done of it, a sentence each; the report tells it too. Throws Error(Run) where nothing could.
using ReportMaker = std::function<std::vector<std::string>(const std::filesystem::path& folder, Progress& progress)>;
/// Makes a table as text.
using TableMaker = std::function<std::string(Progress& progress)>;

/// Both run on a worker's thread and tell of the shown models, the ticked methods and every picture that has a finished
/// explanation by them, as all that was when they were asked for. Null where no picture has one.
[[nodiscard]] ReportMaker reportExport(const Workbench& workbench);
/// metrics.csv, one line an explanation.
[[nodiscard]] TableMaker tableExport(const Workbench& workbench);

}  // namespace discern
