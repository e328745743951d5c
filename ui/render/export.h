#pragma once

#include <QCoreApplication>
#include <QImage>
#include <QString>
#include <filesystem>
#include <optional>

#include "ui/render/color_bar.h"
#include "ui/render/grid_content.h"
#include "ui/render/overlay.h"

namespace discern {

/// What stands under an exported overlay.
struct OverlayCaption {
    QString picture;
    QString model;
    int marker = 0;
    QString className;         ///< the explained class; empty for a difference
    double probability = 0.0;  ///< the model's, of that class
    QString method;            ///< its title
    QString target;            ///< e.g. "logit of Egyptian cat (285)"; empty for a difference
    QString parameters;        ///< in words, e.g. "layer last, 7 × 7; seed 0"

    Q_DECLARE_TR_FUNCTIONS(OverlayCaption)
};

/// The cell as it is on screen, with the whole picture at its own resolution; below it colour bar, range policy, caption
/// and the line that says what an attribution is not, on white. `cell` has an attribution; `pixelRatio` is that of a
/// screen whose letters and lines it is to have. Needs a QGuiApplication for its fonts (offscreen will do).
[[nodiscard]] QImage exportOverlay(const QImage& picture, const QRectF& seen, const CellContent& cell,
                                   const DisplaySettings& settings, const ValueRange& range,
                                   const std::optional<ColorBar>& ownBar, const OverlayCaption& caption,
                                   double pixelRatio = 1.0);

/// The whole grid on white: a column a model, a row a method, colour bars and caption as in exportOverlay.
/// Cells that are not done say so.
[[nodiscard]] QImage exportComparison(const GridContent& content, const DisplaySettings& settings);

/// Writes a PNG whose text chunk "Provenance" is `provenance` (UTF-8 JSON), whole or not at all.
/// Throws Error(Run) that names the file and the remedy where the disk is full or the folder cannot be written.
void savePng(const QImage& image, const std::filesystem::path& path, const QString& provenance);

}  // namespace discern
