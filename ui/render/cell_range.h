#pragma once

#include <QVector>
#include <optional>

#include "ui/render/color_bar.h"
#include "ui/render/grid_content.h"
#include "ui/render/overlay.h"

namespace discern {

/// The range that every cell of the grid is drawn with under the settings' range policy, [row][column]. Cells share a
/// range only where unit and signs agree; cells without an attribution have an empty one.
[[nodiscard]] QVector<QVector<ValueRange>> rangesOfCells(const GridContent& content, const DisplaySettings& settings);

/// The colour bars of a row: for each cell the one that it must carry itself, and last the one at the row's end, which
/// tells for all cells that carry none. `ranges` are those of rangesOfCells.
[[nodiscard]] QVector<std::optional<ColorBar>> colorBarsOfRow(const GridContent& content,
                                                              const DisplaySettings& settings,
                                                              const QVector<QVector<ValueRange>>& ranges, int row);

}  // namespace discern
