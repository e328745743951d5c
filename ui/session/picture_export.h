#pragma once

#include <QImage>
#include <functional>

#include "ui/session/workbench.h"

namespace discern {

/// What is saved or copied: a picture, and what it says of itself (ui/session/provenance.h).
struct ExportedPicture {
    QImage image;
    QString provenance;
};

/// Makes it on a worker's thread from what was shown when it was asked for. Throws Error(Input) where the photograph has
/// to be read again and cannot be.
using PictureMaker = std::function<ExportedPicture()>;

/// A cell with legend and caption; null where it has no map. `pixelRatio` is the screen's.
[[nodiscard]] PictureMaker overlayExport(const CellName& name, const Workbench& workbench, double pixelRatio);
/// The whole grid of the current picture; null where there is none or it could not
/// be opened.
[[nodiscard]] PictureMaker comparisonExport(const Workbench& workbench);

}  // namespace discern
