#pragma once

#include <QCache>
#include <QCoreApplication>
#include <QRectF>
#include <memory>
#include <utility>

#include "ui/render/grid_content.h"

namespace discern {

/// Contents of cells that show one attribution minus another. A difference is computed once for as long as both
/// attributions stay the same.
class DifferenceMaps {
    Q_DECLARE_TR_FUNCTIONS(DifferenceMaps)

public:
    /// `a` minus `b`, which see these parts of the picture. Where either has no map yet, what is said of it.
    [[nodiscard]] CellContent cell(const CellContent& a, const QRectF& seenA, const CellContent& b,
                                   const QRectF& seenB);

    static constexpr qsizetype kBytes = qsizetype{64} << 20;  ///< of maps kept

private:
    using Map = std::shared_ptr<const Attribution>;
    [[nodiscard]] Map map(const Map& a, const QRectF& seenA, const Map& b, const QRectF& seenB);

    /// Holds what it is the difference of, so that a pointer to either means it for as long as this is kept.
    struct Known {
        Map a;
        Map b;
        Map difference;
    };

    QCache<std::pair<const Attribution*, const Attribution*>, Known> known_{kBytes};
};

}  // namespace discern
