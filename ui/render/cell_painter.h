#pragma once

#include "ui/render/cell_layer.h"

namespace discern {

enum class CellMarks {
    OfTheScreen,  ///< with selection, pointer and progress
    None,
};

/// Paints a cell with its upper left corner at the painter's origin. Screen, exports and the clipboard have no other
/// way to show one.
void paintCell(QPainter& painter, const CellScene& scene, CellMarks marks);

/// Where the whole picture lies in a cell that shows all of it.
[[nodiscard]] QRectF fittedPicture(const QSizeF& picture, const QSizeF& cell);
/// Headline, detail and button stand in the middle as one block; a long detail is cut.
[[nodiscard]] CellMiddle middleOf(const QSize& cell, const CellWords& words, const QSize& button);

/// A cell that nobody points at, for exports: paints itself at any size.
class StillCell {
public:
    /// `picture` stays where it is for as long as the cell.
    StillCell(const PictureLevels& picture, const QRectF& seen, CellContent content, const DisplaySettings& display,
              const ValueRange& range, std::optional<ColorBar> ownBar);
    void paint(QPainter& painter, const QRectF& target) const;

private:
    const PictureLevels& picture_;
    QRectF seen_;
    CellContent content_;
    DisplaySettings display_;
    CellWords words_;
    Overlay overlay_;
    std::optional<ColorBar> ownBar_;
};

/// The overlay of a cell at the map's own size, from which it is painted at every other; empty without a map.
[[nodiscard]] Overlay overlayOf(const CellContent& cell, const DisplaySettings& display, const ValueRange& range);

}  // namespace discern
