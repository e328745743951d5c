#pragma once

#include <spdlog/spdlog.h>

namespace discern {

/// The program's log: standard error until logTo() adds a place. Tells of files and models by name and of settings;
/// never of contents or of values of pixels. Thread-safe.
[[nodiscard]] spdlog::logger& logger();

/// Adds a place that receives every line, e.g. the window's log.
void logTo(spdlog::sink_ptr sink);

}  // namespace discern
