#include "ui/grid/cell_layer.h"

#include "ui/theme/theme.h"

namespace discern {

const std::vector<std::unique_ptr<CellLayer>>& cellLayers() {
    static const auto layers = [] {
        std::vector<std::unique_ptr<CellLayer>> all;
        all.push_back(makePhotographLayer());
        all.push_back(makeMapLayer());
        all.push_back(makeBarLayer());
        all.push_back(makeWordsLayer());
        all.push_back(makeProgressLayer());
        all.push_back(makeCursorLayer());
        all.push_back(makeSelectionLayer());
        return all;
    }();
    return layers;
}

QColor cellShade(double opacity) {
    QColor color = currentColours().cell;
    color.setAlphaF(static_cast<float>(opacity));
    return color;
}

}  // namespace discern
