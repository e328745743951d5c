#pragma once

#include "core/model/model.h"
#include "core/record/paths.h"
#include "core/record/report_parts.h"

namespace discern {

/// Where a model comes from: file, digest, source, licence, and what its card leaves open.
[[nodiscard]] ReportFacts originFacts(const Model& model, Paths paths);

/// The same, with what else its card says: input, classes, output, figures of its authors.
[[nodiscard]] ReportFacts cardFacts(const Model& model, Paths paths);

/// "top-1 75.1 (ImageNet-1k val)", or "nothing".
[[nodiscard]] std::string reportedInWords(const ModelCard& card);

}  // namespace discern
