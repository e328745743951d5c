#include "ui/session/report_export.h"

#include "core/record/provenance.h"
#include "ui/report/comparison_folder.h"
#include "ui/session/workbench.h"

namespace discern {

namespace {

using nlohmann::json;

struct ReportExport {
    Q_DECLARE_TR_FUNCTIONS(ReportExport)
};

/// A comparison whose pictures are known but for their pixels.
struct Asked {
    Comparison comparison;  ///< with its pictures
    std::vector<PixelSource> pixels;
    Compute compute;
    json failures = json::array();
    std::vector<std::filesystem::path> files;  ///< all that texts may name

    [[nodiscard]] std::string told(const std::string& text) const { return toldAs(text, files, comparison.paths); }
};

std::string whyMissing(const CellContent& cell) {
    switch (cell.status) {
        case CellStatus::Failed: return cell.error.toStdString();
        case CellStatus::Cancelled: return ReportExport::tr("cancelled").toStdString();
        case CellStatus::Queued:
        case CellStatus::Running: return ReportExport::tr("not finished when this was written").toStdString();
        default: return ReportExport::tr("not explained").toStdString();
    }
}

void takeModels(Asked& asked, const Workbench& workbench, std::vector<int>& ids) {
    std::set<std::string> folders;
    for (const ModelChoice& choice : workbench.session.shownModels()) {
        const ModelEntry& entry = *workbench.library.model(choice.id);
        asked.files.emplace_back(entry.source.toStdString());
        if (!entry.model) {
            const QString why = entry.state == LoadState::Failed ? entry.error : ReportExport::tr("not open yet");
            asked.failures.push_back({{"model", entry.name.toStdString()}, {"error", why.toStdString()}});
            continue;
        }
        ids.push_back(choice.id);
        asked.files.push_back(entry.model->path());
        asked.comparison.models.push_back(
            {{entry.model, folderName(entry.model->name(), folders), choice.marker}, entry.speed});
    }
}

void takeMethods(Asked& asked, const Workbench& workbench) {
    for (const MethodChoice& choice : workbench.session.enabledMethods()) {
        const Method& method = findMethod(choice.name.toStdString());
        asked.comparison.methods.push_back(&method);
        for (const Parameter& parameter : method.parameters) {
            const std::string value = choice.parameters.value(QString::fromStdString(parameter.name)).toStdString();
            if (parameter.namesFile(value))
                asked.files.emplace_back(value);
        }
    }
}

std::shared_ptr<const Picture> knownOf(const PictureEntry& entry) {
    auto known = std::make_shared<Picture>();
    known->name = entry.name.toStdString();
    known->path = entry.path.toStdString();
    known->sha256 = entry.sha256.toStdString();
    for (const QString& note : entry.notes)
        known->notes.push_back(note.toStdString());
    return known;
}

/// The picture's part of the comparison; nothing where none of its explanations is finished.
std::optional<ComparedPicture> compared(const PictureEntry& entry, const Asked& asked, const std::vector<int>& models,
                                        const Workbench& workbench) {
    ComparedPicture picture;
    picture.named.picture = knownOf(entry);
    for (const int model : models) {
        const PredictionEntry* prediction = workbench.predictions.ready(entry.id, model);
        picture.predictions.push_back(prediction ? std::optional(prediction->prediction) : std::nullopt);
    }
    bool any = false;
    for (const Method* method : asked.comparison.methods) {
        std::vector<ComparedCell> row(models.size());
        for (std::size_t m = 0; m < models.size(); ++m) {
            const CellRef ref{entry.id, models[m], QString::fromStdString(method->name)};
            const CellContent content = workbench.explanations.cell(ref);
            const auto request = workbench.explanations.request(ref);
            if (content.status == CellStatus::Done && request && picture.predictions[m]) {
                row[m].attribution = content.attribution;
                row[m].request = *request;
                row[m].request.picture = picture.named.picture;  // a queue shall not keep pixels
                any = true;
            } else {
                row[m].error = asked.told(whyMissing(content));
            }
        }
        picture.cells.push_back(std::move(row));
    }
    return any ? std::optional(std::move(picture)) : std::nullopt;
}

void takePictures(Asked& asked, const Workbench& workbench, const std::vector<int>& models) {
    std::set<std::string> folders;
    for (const int id : workbench.session.work().pictures) {
        const PictureEntry& entry = *workbench.library.picture(id);
        asked.files.emplace_back(entry.path.toStdString());
        if (entry.state == LoadState::Failed) {
            asked.failures.push_back({{"image", asked.told(entry.path.toStdString())}, {"error", entry.error.toStdString()}});
            continue;
        }
        auto picture = compared(entry, asked, models, workbench);
        if (!picture)
            continue;
        const Picture& known = *picture->named.picture;
        picture->named.folder = folderName((known.path.empty() ? std::filesystem::path(known.name) : known.path).stem().string(), folders);
        asked.comparison.pictures.push_back(std::move(*picture));
        asked.pixels.push_back(workbench.library.pixelsOf(id));
    }
}

/// Null where no picture has a finished explanation.
std::shared_ptr<Asked> askedOf(const Workbench& workbench) {
    auto asked = std::make_shared<Asked>();
    asked->compute = workbench.session.compute();
    asked->comparison.paths = workbench.settings.exportPaths();
    asked->comparison.display = workbench.session.display();
    std::vector<int> models;
    takeModels(*asked, workbench, models);
    takeMethods(*asked, workbench);
    takePictures(*asked, workbench, models);
    for (json& failure : asked->failures)
        for (json& text : failure)
            text = asked->told(text.get<std::string>());
    return asked->comparison.pictures.empty() ? nullptr : asked;
}

void takePixels(ComparedPicture& compared, const PixelSource& pixels) {
    compared.named.picture = pixels();
    for (std::vector<ComparedCell>& row : compared.cells)
        for (ComparedCell& cell : row)
            cell.request.picture = compared.named.picture;
}

std::vector<std::string> write(const Asked& asked, const std::filesystem::path& out, Progress& progress) {
    std::vector<std::string> errors;
    const Attempt attempt = [&](const std::function<void()>& item) -> std::string {
        progress.checkpoint();
        try {
            item();
            return {};
        } catch (const Error& error) {
            if (error.kind() == ErrorKind::Cancelled)
                throw;
            errors.push_back(asked.told(error.what()));
        } catch (const std::exception& error) {
            errors.push_back(asked.told(error.what()));
        }
        return errors.back();
    };
    Comparison head = asked.comparison;
    head.pictures.clear();
    ComparisonFolder folder(out, std::move(head), asked.compute, attempt);
    json failures = asked.failures;
    const auto count = static_cast<double>(asked.pixels.size());
    for (std::size_t i = 0; i < asked.pixels.size(); ++i) {
        ComparedPicture picture = asked.comparison.pictures[i];
        PartProgress part(progress, static_cast<double>(i) / count, static_cast<double>(i + 1) / count);
        part.report(0.0, picture.named.picture->name);
        const std::string name = asked.comparison.paths == Paths::Whole ? picture.named.picture->path.string() : picture.named.picture->name;
        const std::string unreadable = attempt([&] { takePixels(picture, asked.pixels[i]); });
        if (unreadable.empty())
            folder.add(std::move(picture), part);
        else
            failures.push_back({{"image", name}, {"error", unreadable}});
    }
    progress.checkpoint();
    static_cast<void>(folder.finish(failures));
    return errors;
}

}  // namespace

ReportMaker reportExport(const Workbench& workbench) {
    const auto asked = askedOf(workbench);
    if (!asked)
        return {};
    return [asked](const std::filesystem::path& out, Progress& progress) {
        if (std::filesystem::exists(out))
            throw Error(ErrorKind::Run, out.string() + " is there already; choose a name that is not");
        try {
            return write(*asked, out, progress);
        } catch (...) {
            std::error_code ignored;
            std::filesystem::remove_all(out, ignored);
            throw;
        }
    };
}

TableMaker tableExport(const Workbench& workbench) {
    const auto asked = askedOf(workbench);
    if (!asked)
        return {};
    return [asked](Progress& progress) {
        Comparison comparison = asked->comparison;
        double done = 0.0;
        for (ComparedPicture& picture : comparison.pictures) {
            progress.checkpoint();
            progress.report(done++ / static_cast<double>(comparison.pictures.size()), picture.named.picture->name);
            for (std::vector<ComparedCell>& row : picture.cells)
                for (std::size_t m = 0; m < row.size(); ++m)
                    if (row[m].attribution)
                        row[m].record = provenance(row[m].request, *picture.predictions[m], *row[m].attribution, comparison.paths);
        }
        return comparisonTable(comparison);
    };
}

}  // namespace discern
