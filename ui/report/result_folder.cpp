#include "ui/report/result_folder.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>

#include "core/image/preprocess.h"
#include "core/record/provenance.h"
#include "core/store/files.h"
#include "core/store/npy.h"
#include "ui/render/display_record.h"
#include "ui/render/export.h"

namespace discern {

namespace {

using nlohmann::json;

std::string targetInWords(const Explained& explained) {
    const Model& model = *explained.model.model;
    const Target& target = explained.attribution.target;
    const char* score = target.score == ScoreKind::Probability ? "probability" : "logit";
    std::string words = fmt::format("{} of {} ({})", score, model.label(target.classIndex), target.classIndex);
    if (target.versus >= 0) {
        words += fmt::format(" minus that of {} ({})", model.label(target.versus), target.versus);
    }
    return words;
}

std::string parametersInWords(const Explained& explained) {
    std::string words;
    if (explained.method.usesLayer) {
        words += "layer " + explained.request.layer + "; ";
    }
    for (const Parameter& parameter : explained.method.parameters) {
        const auto given = explained.request.parameters.find(parameter.name);
        if (given == explained.request.parameters.end()) {
            continue;
        }
        const std::string& value = given->second;
        words += parameter.name + " " + (parameter.namesFile(value) ? toldAs(value, Paths::Names) : value) + "; ";
    }
    return words + fmt::format("seed {}", explained.request.seed);
}

OverlayCaption captionOf(const Explained& explained) {
    const auto at = static_cast<std::size_t>(explained.attribution.target.classIndex);
    OverlayCaption caption;
    caption.picture = QString::fromStdString(explained.picture.picture->name);
    caption.model = QString::fromStdString(explained.model.model->name());
    caption.marker = explained.model.marker;
    caption.className = QString::fromStdString(explained.model.model->label(explained.attribution.target.classIndex));
    caption.probability = explained.prediction.probabilities.at(at);
    caption.method = QString::fromStdString(explained.method.title);
    caption.target = QString::fromStdString(targetInWords(explained));
    caption.parameters = QString::fromStdString(parametersInWords(explained));
    return caption;
}

CellContent cellOf(const Attribution& attribution) {
    CellContent cell;
    cell.status = CellStatus::Done;
    cell.attribution = std::make_shared<const Attribution>(attribution);
    return cell;
}

void writeMap(const std::filesystem::path& path, const cv::Mat& map, json& files) {
    if (!map.empty()) {
        writeNpy(path, toArray(map));
        files.push_back(path.filename().string());
    }
}

}  // namespace

std::string folderName(const std::string& name, std::set<std::string>& taken) {
    constexpr std::size_t longest = 100;
    std::string plain = name.substr(0, longest);
    std::ranges::replace_if(
        plain,
        [](char c) {
            const bool safe = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
                              c == '_' || c == '-';
            return !safe;
        },
        '_');
    if (plain.empty() || plain.front() == '.') {
        plain.insert(0, 1, '_');
    }
    std::string folder = plain;
    for (int number = 2; !taken.insert(folder).second; ++number) {
        folder = plain + "-" + std::to_string(number);
    }
    return folder;
}

std::filesystem::path resultFolder(const std::filesystem::path& out, const Explained& explained) {
    return out / explained.model.folder / explained.picture.folder / explained.method.name;
}

QImage toImage(const Picture& picture) {
    const cv::Mat shown = displayImage(picture);
    return QImage(shown.data, shown.cols, shown.rows, static_cast<qsizetype>(shown.step), QImage::Format_RGB888).copy();
}

QRectF seenPart(const Picture& picture, const Model& model) {
    const cv::Rect2d seen = prepareInput(picture, model.card().input).seen;
    return {seen.x, seen.y, seen.width, seen.height};
}

json writeResult(const std::filesystem::path& folder, const Explained& explained, const DisplaySettings& settings,
                 const ValueRange& range, Paths paths) {
    const Attribution& attribution = explained.attribution;
    json record = provenance(explained.request, explained.prediction, attribution, paths);
    const QRectF seen = seenPart(*explained.picture.picture, *explained.model.model);
    record["seen"] = {seen.x(), seen.y(), seen.width(), seen.height()};

    json files = {"raw.npy"};
    makeFolder(folder);
    writeNpy(folder / "raw.npy", attribution.raw);
    writeMap(folder / "attribution.npy", attribution.map, files);
    writeMap(folder / "standard_error.npy", attribution.standardError, files);
    writeMap(folder / "segments.npy", attribution.segments, files);
    const QImage overlay =
        exportOverlay(toImage(*explained.picture.picture), seen, cellOf(attribution), settings, range, {},
                      captionOf(explained));
    // How long it took is no property of the picture: without it, the same call writes the same bytes.
    json drawn = record;
    drawn.erase("seconds");
    drawn["display"] = displayRecord(settings);
    const std::string text = drawn.dump(-1, ' ', false, json::error_handler_t::replace);
    savePng(overlay, folder / "overlay.png", QString::fromStdString(text));
    files.push_back("overlay.png");
    files.push_back("result.json");
    record["files"] = files;
    writeFileSafely(folder / "result.json", record.dump(2, ' ', false, json::error_handler_t::replace) + "\n");
    return record;
}

}  // namespace discern
