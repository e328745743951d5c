#pragma once

#include <QVector>

#include "ui/grid/grid_content.h"
#include "ui/render/overlay.h"

namespace discern {

/// The range that every cell of the grid is drawn with under the settings' range policy, [row][column]. Cells share a
/// range only where unit and signs agree; cells without an attribution have an empty one.
[[nodiscard]] QVector<QVector<ValueRange>> rangesOfCells(const GridContent& content, const DisplaySettings& settings);

}  // namespace discern
