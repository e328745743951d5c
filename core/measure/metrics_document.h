#pragma once

#include <string>

namespace discern {

/// docs/metrics.md: every trust metric of the registry and every measure of agreement, in Markdown.
[[nodiscard]] std::string metricsDocument();

}  // namespace discern
