#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "ui/render/cell_words.h"
#include "ui/render/color_bar.h"
#include "ui/render/overlay.h"
#include "ui/render/picture_levels.h"

class QPainter;

namespace discern {

struct ThemeColours;

/// Left of x the cell's own overlay is drawn, right of it another's; null: none.
struct CellSwipe {
    double x = 0.0;
    const Overlay* other = nullptr;
    QRectF otherSeen;
    QString whose{};       ///< model and class of the left half
    QString otherWhose{};  ///< and of the right one
};

/// The words in the middle.
struct CellMiddle {
    QRect headline;
    QRect detail;
    QRect button;
    QRect ground;
};

/// A cell as its layers see it; places are in the cell's device-independent pixels.
struct CellScene {
    QRectF area;         ///< the whole cell, its upper left corner at 0, 0
    QRectF pictureRect;  ///< where the whole picture lies, beyond the cell where zoomed in
    QRectF seenRect;     ///< the part of it that the model sees
    const PictureLevels& picture;
    const CellContent& content;
    const CellWords& words;
    const DisplaySettings& display;
    const Overlay& overlay;
    const ColorBar* ownBar = nullptr;  ///< null where the bar at the row's end tells
    bool overlayHidden = false;
    bool selected = false;
    std::optional<QPointF> cursor;  ///< where the pointer is in another cell

    std::optional<CellSwipe> swipe;

    CellMiddle middle;

    [[nodiscard]] bool showsMap() const { return words.showsMap && !overlayHidden; }
    /// How many times as large as in a small cell letters and lines are.
    [[nodiscard]] double scale() const;
};

/// One thing that is painted in every cell: the photograph, its map, words, marks.
class CellLayer {
public:
    virtual ~CellLayer() = default;
    virtual void paint(QPainter& painter, const CellScene& scene) const = 0;
    /// Whether it tells of the screen, not of the result (selection, pointer, progress), and so is left out of exports.
    [[nodiscard]] virtual bool ofTheScreen() const { return false; }
    /// What is said in a tool tip there, in plain words; empty where the layer has nothing to say.
    [[nodiscard]] virtual QString tipAt(const QPointF&, const CellScene&) const { return {}; }
};

/// All layers, the lowest first. A new one is its file and one line in cell_layer.cpp.
[[nodiscard]] const std::vector<std::unique_ptr<CellLayer>>& cellLayers();

[[nodiscard]] std::unique_ptr<CellLayer> makePhotographLayer();
[[nodiscard]] std::unique_ptr<CellLayer> makeMapLayer();
[[nodiscard]] std::unique_ptr<CellLayer> makeBarLayer();
[[nodiscard]] std::unique_ptr<CellLayer> makeRegionLayer();
[[nodiscard]] std::unique_ptr<CellLayer> makeWordsLayer();
[[nodiscard]] std::unique_ptr<CellLayer> makeTrustLayer();
[[nodiscard]] std::unique_ptr<CellLayer> makeProgressLayer();
[[nodiscard]] std::unique_ptr<CellLayer> makeCursorLayer();
[[nodiscard]] std::unique_ptr<CellLayer> makeSelectionLayer();

/// The colours of cells, which both themes share.
[[nodiscard]] const ThemeColours& cellColours();
/// The cells' ground, that dims what is not to be looked at.
[[nodiscard]] QColor cellShade(double opacity);
inline constexpr double kUnfinishedShade = 0.72;
inline constexpr int kProgressHeight = 3;

/// Letters and lines of large cells are larger, so that an export at a photograph's resolution can be read when it is
/// shown small.
[[nodiscard]] double cellScale(const QSizeF& cell);
/// Of the words in a cell.
[[nodiscard]] QFont cellFont(const QSizeF& cell);

}  // namespace discern
