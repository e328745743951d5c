#pragma once

#include "ui/render/export.h"
#include "ui/session/grid_builder.h"

namespace discern {

/// "logit of Egyptian cat", "probability of tabby minus that of tiger cat".
[[nodiscard]] QString targetInWords(const Target& target, const Model& model);

/// What an exported picture says of its cell; `attribution` is what the cell shows, `content` the grid that it is in.
[[nodiscard]] OverlayCaption captionOf(const CellContent& cell, const GridContent& content, const Session& session,
                                       const Predictions& predictions);
/// A file name for it, without an ending.
[[nodiscard]] QString fileNameOf(const CellName& name, const Session& session);
/// What is taken from what in a difference; empty for another cell.
[[nodiscard]] QString differenceInWords(const CellName& name);

}  // namespace discern
