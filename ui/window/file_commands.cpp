#include "ui/window/file_commands.h"

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QInputDialog>
#include <QMenu>
#include <QMimeData>

#include "core/explain/method.h"
#include "core/model/zoo.h"
#include "core/store/files.h"
#include "ui/actions/actions.h"
#include "ui/charts/chart.h"
#include "ui/panels/cell_panel.h"
#include "ui/panels/charts_panel.h"
#include "ui/render/cell_range.h"
#include "ui/session/file_kind.h"
#include "ui/session/images.h"
#include "ui/session/provenance.h"
#include "ui/window/grid_feed.h"

namespace discern {

namespace {

/// `kind` with %1 for the patterns.
QString filterOf(const QString& kind, const std::vector<std::string>& extensions) {
    QStringList patterns;
    for (const std::string& extension : extensions)
        patterns += QStringLiteral("*.") + QString::fromStdString(extension);
    return kind.arg(patterns.join(QLatin1Char(' '))) + QStringLiteral(";;") + FileCommands::tr("All files (*)");
}

}  // namespace

FileCommands::FileCommands(Workbench& workbench, Actions& actions, GridFeed& feed, ChartsPanel& charts, QWidget* window)
    : QObject(window), workbench_(workbench), actions_(actions), feed_(feed), charts_(charts), window_(window) {
    const auto on = [&](const char* id, auto slot) { connect(actions_[id], &QAction::triggered, this, slot); };
    on("open", [this] { openImages(); });
    on("open-folder", [this] { openFolder(); });
    on("open-sample", [this] { openSample(); });
    on("add-model", [this] { addModel(); });
    on("paste", [this] { paste(); });
    on("export-overlay", [this] {
        const QPoint place = feed_.selected();
        exportOverlay(place.y(), place.x());
    });
    on("export-comparison", [this] { exportComparison(); });
    on("export-chart", [this] { exportChart(); });
    connect(&workbench.settings, &Settings::recentsChanged, this, &FileCommands::fillRecent);
    connect(actions_.submenu("zoo/"), &QMenu::aboutToShow, this, &FileCommands::fillZoo);
    connect(&workbench.session, &Session::picturesChanged, this, &FileCommands::refresh);
    connect(&workbench.session, &Session::selectionChanged, this, &FileCommands::refresh);
    connect(&workbench.session, &Session::currentPictureChanged, this, &FileCommands::refresh);
    connect(&workbench.session, &Session::differenceChanged, this, &FileCommands::refresh);
    connect(&workbench.explanations, &Explanations::cellChanged, this, &FileCommands::refresh);
    actions_["open-sample"]->setVisible(!samples().isEmpty());
    fillRecent();
    fillZoo();
    refresh();
}

QStringList FileCommands::samples() {
    return picturesIn(QString::fromStdString((dataFolder() / "samples").string()));
}

void FileCommands::refresh() {
    const QPoint place = feed_.selected();
    const bool map = place.x() >= 0 && workbench_.grid.cell(feed_.at(place.y(), place.x())).attribution;
    actions_["export-overlay"]->setEnabled(map);
    actions_["copy-cell"]->setEnabled(place.x() >= 0);
    actions_["export-comparison"]->setEnabled(place.x() >= 0 && workbench_.session.currentPicture() != 0);
}

void FileCommands::openImages() {
    const QStringList paths = QFileDialog::getOpenFileNames(window_, tr("Open images"), workbench_.settings.folder(QStringLiteral("images")),
                                                            filterOf(tr("Images (%1)"), pictureExtensions()));
    if (paths.isEmpty())
        return;
    workbench_.settings.setFolder(QStringLiteral("images"), QFileInfo(paths.first()).absolutePath());
    workbench_.open(paths);
}

void FileCommands::openFolder() {
    const QString folder =
        QFileDialog::getExistingDirectory(window_, tr("Open folder"), workbench_.settings.folder(QStringLiteral("images")));
    if (folder.isEmpty())
        return;
    workbench_.settings.setFolder(QStringLiteral("images"), folder);
    workbench_.open({folder});
}

void FileCommands::openSample() { workbench_.openPictures(samples()); }

void FileCommands::addModel() {
    const QStringList paths =
        QFileDialog::getOpenFileNames(window_, tr("Add models"), workbench_.settings.folder(QStringLiteral("models")),
                                      filterOf(tr("Models (%1)"), modelExtensions()));
    if (paths.isEmpty())
        return;
    workbench_.settings.setFolder(QStringLiteral("models"), QFileInfo(paths.first()).absolutePath());
    workbench_.openModels(paths);
}

void FileCommands::paste() {
    const QMimeData* data = QApplication::clipboard()->mimeData();
    if (data && data->hasUrls()) {
        QStringList paths;
        for (const QUrl& url : data->urls())
            if (url.isLocalFile())
                paths += url.toLocalFile();
        return workbench_.open(paths);
    }
    if (!data || !data->hasImage()) {
        workbench_.tell(tr("The clipboard holds no image and no file."));
        return;
    }
    const auto image = qvariant_cast<QImage>(data->imageData());
    workbench_.session.addPicture(std::make_shared<const Picture>(toPicture(image, tr("pasted image"))));
}

QString FileCommands::askForPng(const QString& title, const QString& proposal) {
    const QString folder = workbench_.settings.folder(QStringLiteral("export"));
    QString path = QFileDialog::getSaveFileName(window_, title, QDir(folder).filePath(proposal), tr("PNG image (*.png)"));
    if (path.isEmpty())
        return {};
    if (QFileInfo(path).suffix().isEmpty())
        path += QStringLiteral(".png");
    workbench_.settings.setFolder(QStringLiteral("export"), QFileInfo(path).absolutePath());
    return path;
}

void FileCommands::save(const QString& path, std::function<QImage()> render, const QString& provenance) {
    JobSpec job;
    job.title = tr("Save %1").arg(QFileInfo(path).fileName());
    job.priority = 200;
    job.work = [path, render = std::move(render), provenance](Progress& progress) {
        progress.report(0.1, "drawing");
        const QImage image = render();
        progress.checkpoint();
        progress.report(0.6, "writing");
        savePng(image, path.toStdString(), provenance);
    };
    job.finished = [this, path](const JobStatus& status) {
        if (status.state == JobState::Failed)
            Q_EMIT workbench_.message(QString::fromStdString(status.error));
        else if (status.state == JobState::Done)
            Q_EMIT saved(path);
    };
    workbench_.jobs.submit(std::move(job));
}

OverlayCaption FileCommands::captionOf(const ShownCell& shown, const Attribution& attribution, const GridContent& grid,
                                       int row) const {
    const ModelEntry& model = *workbench_.library.model(shown.cell.model);
    const Method& method = findMethod(shown.cell.method.toStdString());
    OverlayCaption caption;
    caption.picture = grid.pictureName;
    caption.model = model.name;
    caption.marker = workbench_.session.model(shown.cell.model)->marker;
    caption.method = QString::fromStdString(method.title);
    QStringList parameters;
    if (method.usesLayer)
        parameters += tr("layer %1").arg(workbench_.session.model(shown.cell.model)->layer);
    if (const QString words = parametersInWords(*workbench_.session.method(shown.cell.method)); !words.isEmpty())
        parameters += words;
    parameters += tr("seed %1").arg(workbench_.session.work().seed);
    caption.parameters = parameters.join(QStringLiteral("; "));
    if (shown.minus) {
        if (shown.minus->model != shown.cell.model)
            caption.model = QStringLiteral("%1 − %2").arg(model.name, workbench_.library.model(shown.minus->model)->name);
        caption.method = tr("%1: the first map minus the second, each divided by its largest magnitude")
                             .arg(grid.rows[row].title);
        return caption;
    }
    const Target& target = attribution.target;
    const PredictionEntry* prediction = workbench_.predictions.ready(shown.cell.picture, shown.cell.model);
    caption.className = QString::fromStdString(model.model->label(target.classIndex));
    caption.probability = static_cast<double>(prediction->prediction.probabilities[static_cast<std::size_t>(target.classIndex)]);
    caption.target = QStringLiteral("%1 (%2)").arg(targetInWords(target, *model.model)).arg(target.classIndex);
    return caption;
}

void FileCommands::exportOverlay(int row, int column) {
    const ShownCell shown = feed_.at(row, column);
    const GridContent grid = workbench_.grid.content();
    if (row < 0 || column < 0 || row >= grid.rows.size() || column >= grid.columns.size())
        return;
    const auto attribution = grid.cells[row][column].attribution;
    const Paths paths = workbench_.settings.exportPaths();
    std::vector<nlohmann::json> records = {workbench_.explanations.record(shown.cell, paths)};
    if (shown.minus)
        records.push_back(workbench_.explanations.record(*shown.minus, paths));
    if (!attribution || std::any_of(records.begin(), records.end(), [](const auto& record) { return record.is_null(); }))
        return;
    QString proposal = QFileInfo(grid.pictureName).completeBaseName() + QLatin1Char('-') +
                       workbench_.library.model(shown.cell.model)->name + QLatin1Char('-') + shown.cell.method;
    if (shown.minus)
        proposal += QStringLiteral("-minus-%1-%2").arg(workbench_.library.model(shown.minus->model)->name, shown.minus->method);
    const QString path = askForPng(tr("Export overlay"), proposal + QStringLiteral(".png"));
    if (path.isEmpty())
        return;
    const DisplaySettings display = workbench_.session.display();
    const ValueRange range = rangesOfCells(grid, display)[row][column];
    save(path,
         [image = grid.picture, seen = grid.columns[column].seen, attribution, display, range,
          caption = captionOf(shown, *attribution, grid, row)] {
             return ::discern::exportOverlay(image, seen, *attribution, display, range, caption);
         },
         exportRecord(records, display, shown.minus ? tr("the first map minus the second, each divided by its largest magnitude") : QString()));
}

void FileCommands::exportComparison() {
    const GridContent content = workbench_.grid.content();
    const QString path =
        askForPng(tr("Export comparison"), QStringLiteral("%1-comparison.png").arg(QFileInfo(content.pictureName).completeBaseName()));
    if (path.isEmpty())
        return;
    std::vector<nlohmann::json> records;
    for (int row = 0; row < content.rows.size(); ++row)
        for (int column = 0; column < content.columns.size(); ++column)
            if (const ShownCell shown = feed_.at(row, column); !shown.minus)
                if (nlohmann::json record = workbench_.explanations.record(shown.cell, workbench_.settings.exportPaths()); !record.is_null())
                    records.push_back(std::move(record));
    const DisplaySettings display = workbench_.session.display();
    save(path, [content, display] { return ::discern::exportComparison(content, display); }, exportRecord(records, display));
}

void FileCommands::exportChart() {
    QStringList titles;
    for (int i = 0; i < charts_.charts().size(); ++i)
        titles += ChartsPanel::titleOf(i);
    bool ok = false;
    const QString title = QInputDialog::getItem(window_, tr("Export chart"), tr("Chart:"), titles, 0, false, &ok);
    if (!ok)
        return;
    const QString folder = workbench_.settings.folder(QStringLiteral("export"));
    const QString path = QFileDialog::getSaveFileName(window_, tr("Export chart"), QDir(folder).filePath(title.toLower() + QStringLiteral(".png")),
                                                      tr("PNG image (*.png);;PDF document (*.pdf);;SVG drawing (*.svg)"));
    if (path.isEmpty())
        return;
    try {
        charts_.charts()[titles.indexOf(title)]->exportTo(path.toStdString());
        Q_EMIT saved(path);
    } catch (const Error& error) {
        workbench_.tell(QString::fromUtf8(error.what()));
    }
}

void FileCommands::fillRecent() {
    const auto fill = [this](QMenu* menu, const QStringList& paths) {
        menu->clear();
        for (const QString& path : paths) {
            QAction* action = menu->addAction(QFileInfo(path).fileName(), this, [this, path] { workbench_.open({path}); });
            action->setToolTip(path);
        }
        menu->setToolTipsVisible(true);
        menu->addSeparator();
        menu->addAction(tr("Clear lists"), this, [this] { workbench_.settings.clearRecents(); });
        menu->setEnabled(!paths.isEmpty());
    };
    fill(actions_.submenu("recent/"), workbench_.settings.recentPictures());
    fill(actions_.submenu("recent-models/"), workbench_.settings.recentModels());
}

void FileCommands::fillZoo() {
    QMenu* menu = actions_.submenu("zoo/");
    menu->clear();
    menu->setToolTipsVisible(true);
    for (const ZooModel& model : zooModels()) {
        const QString name = QString::fromStdString(model.name);
        const bool here = model.installed();
        const QString title = QString::fromStdString(model.title);
        QAction* action = menu->addAction(here ? title : tr("%1 (not fetched)").arg(title), this,
                                          [this, name] { workbench_.openModels({name}); });
        action->setEnabled(here);
        action->setToolTip(here ? tr("%1 parameters, %2 MACs, %3").arg(shortNumber(static_cast<double>(model.parameters)),
                                                                   shortNumber(static_cast<double>(model.macs)),
                                                                   QString::fromStdString(model.licence))
                                : tr("To fetch it: %1").arg(QString::fromStdString(model.howToGet)));
    }
}

}  // namespace discern
