#pragma once

#include <QRectF>
#include <map>
#include <memory>
#include <utility>

#include "ui/render/grid_content.h"

namespace discern {

/// Contents of cells that show one attribution minus another. A difference is computed once for as long as both
/// attributions stay the same.
class DifferenceMaps {
public:
    /// `a` minus `b`, which see these parts of the picture. Where either has no map yet, what is said of it.
    [[nodiscard]] CellContent cell(const CellContent& a, const QRectF& seenA, const CellContent& b,
                                   const QRectF& seenB);

private:
    using Map = std::shared_ptr<const Attribution>;
    [[nodiscard]] Map map(const Map& a, const QRectF& seenA, const Map& b, const QRectF& seenB);

    std::map<std::pair<Map, Map>, Map> known_;
};

}  // namespace discern
