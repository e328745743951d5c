#pragma once

#include <QString>

#include "core/model/speed.h"

namespace discern {

/// "17 ms"; "≈ 17 ms" where the machine was not quiet.
[[nodiscard]] QString shortLatency(const Speed& speed);
/// "Half of 41 runs took 16.9 to 17.8 ms." and, where the machine was not quiet, what disturbed it.
[[nodiscard]] QString latencySpread(const Speed& speed);
/// "72.1 images a second in batches of 8 (70.2 to 73.0)".
[[nodiscard]] QString throughputInWords(const Speed& speed);
/// "CPU, 2 threads, fp32".
[[nodiscard]] QString measuredOn(const Speed& speed);

}  // namespace discern
