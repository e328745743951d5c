#pragma once

#include <QImage>
#include <QRectF>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "core/explain/explain.h"
#include "core/explain/method.h"
#include "core/image/picture.h"
#include "core/model/model.h"
#include "core/record/paths.h"
#include "ui/render/overlay.h"

namespace discern {

/// A model and the name of its folder among the results.
struct NamedModel {
    std::shared_ptr<const Model> model;
    std::string folder;
    int marker = 0;  ///< as in ui/theme/model_marker.h
};

/// A picture and the name of its folder among the results.
struct NamedPicture {
    std::shared_ptr<const Picture> picture;
    std::string folder;
};

/// A finished explanation and what it is of.
struct Explained {
    const NamedModel& model;
    const NamedPicture& picture;
    const Method& method;
    const ExplainRequest& request;
    const Prediction& prediction;
    const Attribution& attribution;
};

/// A name as a folder is called everywhere: letters, digits, '.', '_' and '-'; a number is added until it is not among
/// `taken`, to which it is added.
[[nodiscard]] std::string folderName(const std::string& name, std::set<std::string>& taken);

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
