#include "ui/session/picture_export.h"

#include "core/record/provenance.h"
#include "ui/render/cell_range.h"
#include "ui/render/export.h"
#include "ui/session/captions.h"
#include "ui/session/files/images.h"
#include "ui/session/provenance.h"

namespace discern {

namespace {

/// An explanation of which a record is made once the picture's pixels are there.
struct Recorded {
    ExplainRequest request;
    Prediction prediction;
    std::shared_ptr<const Attribution> attribution;
    bool finished = true;
};

std::optional<Recorded> recorded(const CellRef& cell, const Workbench& workbench) {
    const CellContent content = workbench.explanations.cell(cell);
    const auto request = workbench.explanations.request(cell);
    const PredictionEntry* prediction = workbench.predictions.ready(cell.picture, cell.model);
    if (!content.attribution || !request || !prediction) return std::nullopt;
    ExplainRequest asked = *request;
    asked.picture = nullptr;  // a queue shall not keep pixels
    return Recorded{asked, prediction->prediction, content.attribution, content.status == CellStatus::Done};
}

std::vector<nlohmann::json> recordsOf(const std::vector<Recorded>& all, const std::shared_ptr<const Picture>& picture,
                                      Paths paths) {
    std::vector<nlohmann::json> records;
    for (const Recorded& one : all) {
        ExplainRequest request = one.request;
        request.picture = picture;
        nlohmann::json record = provenance(request, one.prediction, *one.attribution, paths);
        if (!one.finished) record["unfinished"] = true;
        records.push_back(std::move(record));
    }
    return records;
}

}  // namespace

PictureMaker overlayExport(const CellName& name, const Workbench& workbench, double pixelRatio) {
    const GridContent content = workbench.grid.content();
    const auto place = content.placeOf(name);
    const PictureEntry* entry = workbench.library.picture(name.of.picture);
    if (!place || !entry) return {};
    std::vector<Recorded> explanations;
    for (const CellRef& cell : name.minus ? QVector<CellRef>{name.of, *name.minus} : QVector<CellRef>{name.of}) {
        auto one = recorded(cell, workbench);
        if (!one) return {};
        explanations.push_back(std::move(*one));
    }
    const CellContent cell = content.cells[place->row][place->column];
    if (!cell.attribution) return {};
    const DisplaySettings display = workbench.session.display();
    const auto ranges = rangesOfCells(content, display);
    const auto bar = colorBarsOfRow(content, display, ranges, static_cast<int>(place->row))[place->column];
    return [=, pixels = workbench.library.pixelsOf(entry->id), range = ranges[place->row][place->column],
            seen = content.columns[place->column].seen, paths = workbench.settings.exportPaths(),
            caption = captionOf(cell, content, workbench.session, workbench.predictions)] {
        const auto picture = pixels();
        return ExportedPicture{
            exportOverlay(toImage(displayImage(*picture)), seen, cell, display, range, bar, caption, pixelRatio),
            exportRecord(recordsOf(explanations, picture, paths), display, differenceInWords(name))};
    };
}

PictureMaker comparisonExport(const Workbench& workbench) {
    const GridContent content = workbench.grid.content();
    const PictureEntry* entry = workbench.library.picture(workbench.session.currentPicture());
    if (!entry || entry->state != LoadState::Ready || content.cells.isEmpty()) return {};
    std::vector<Recorded> explanations;
    for (const QVector<CellContent>& line : content.cells)
        for (const CellContent& cell : line)
            if (auto one = recorded(cell.name.of, workbench); one && !cell.name.minus)
                explanations.push_back(std::move(*one));
    return [=, pixels = workbench.library.pixelsOf(entry->id), display = workbench.session.display(),
            paths = workbench.settings.exportPaths()] {
        const auto picture = pixels();
        GridContent shown = content;
        shown.picture = toImage(displayImage(*picture));
        return ExportedPicture{exportComparison(shown, display),
                               exportRecord(recordsOf(explanations, picture, paths), display)};
    };
}

}  // namespace discern
