#pragma once

#include "ui/session/explanations.h"

namespace discern {

/// Everything that is needed to make an exported cell again, as JSON (UTF-8): program, model, picture by digest,
/// method, parameters, target, seed, device, precision, display. No file names or folders.
[[nodiscard]] QString provenanceOf(const ExplainRequest& request, const Attribution* attribution,
                                   const DisplaySettings& display);
/// The same for several cells.
[[nodiscard]] QString provenanceOf(const QVector<ExplainRequest>& requests, const DisplaySettings& display);

}  // namespace discern
