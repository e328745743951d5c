#pragma once

#include <QImage>
#include <QRectF>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/explain_options.h"
#include "ui/render/overlay.h"

class QGuiApplication;

namespace discern {

/// Keeps what Qt's fonts and painters need while something is drawn; opens no window and needs no display.
class Drawing {
public:
    Drawing();
    ~Drawing();

private:
    std::unique_ptr<QGuiApplication> application_;
};

/// OUT/model/image/method.
[[nodiscard]] std::filesystem::path resultFolder(const std::filesystem::path& out, const Explained& explained);

/// The picture for Qt, and the part of it that the model saw.
[[nodiscard]] QImage toImage(const Picture& picture);
[[nodiscard]] QRectF seenPart(const Picture& picture, const Model& model);

/// Writes raw.npy, attribution.npy, overlay.png and result.json, standard_error.npy and segments.npy where there are
/// such. Returns what result.json says. Throws Error(Run) that names the file that cannot be written.
nlohmann::json writeResult(const std::filesystem::path& folder, const Explained& explained,
                           const DisplaySettings& settings, const ValueRange& range, Paths paths);

}  // namespace discern
