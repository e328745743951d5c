#pragma once

#include "core/measure/trust_metric.h"

namespace discern {

/// What families, needs and directions are called in lists, documents and JSON.
[[nodiscard]] const char* word(MetricFamily family);
[[nodiscard]] const char* word(MetricNeeds needs);
[[nodiscard]] const char* word(Better better);

/// What it needs beside the map, as the end of a sentence.
[[nodiscard]] const char* inWords(MetricNeeds needs);

}  // namespace discern
