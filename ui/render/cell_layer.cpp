#include "ui/render/cell_layer.h"

#include <algorithm>

#include "ui/theme/theme.h"

namespace discern {

namespace {

constexpr double kSmallCell = 640.0;  ///< shorter side up to which letters keep their size

}  // namespace

const std::vector<std::unique_ptr<CellLayer>>& cellLayers() {
    static const auto layers = [] {
        std::vector<std::unique_ptr<CellLayer>> all;
        all.push_back(makePhotographLayer());
        all.push_back(makeMapLayer());
        all.push_back(makeBarLayer());
        all.push_back(makeRegionLayer());
        all.push_back(makeWordsLayer());
        all.push_back(makeTrustLayer());
        all.push_back(makeProgressLayer());
        all.push_back(makeCursorLayer());
        all.push_back(makeSelectionLayer());
        return all;
    }();
    return layers;
}

double CellScene::scale() const { return cellScale(area.size()); }

const ThemeColours& cellColours() { return themeColours(true); }

QColor cellShade(double opacity) {
    QColor color = cellColours().cell;
    color.setAlphaF(static_cast<float>(opacity));
    return color;
}

double cellScale(const QSizeF& cell) { return std::max(1.0, std::min(cell.width(), cell.height()) / kSmallCell); }

QFont cellFont(const QSizeF& cell) { return figureFont(0.92 * cellScale(cell)); }

}  // namespace discern
