#include "ui/window/export_commands.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QInputDialog>
#include <algorithm>

#include "ui/actions/actions.h"
#include "ui/charts/chart.h"
#include "ui/panels/charts_panel.h"
#include "ui/render/cell_range.h"
#include "ui/session/captions.h"
#include "ui/session/provenance.h"

namespace discern {

ExportCommands::ExportCommands(Workbench& workbench, Actions& actions, ChartsPanel& charts, QWidget* window)
    : QObject(window), workbench_(workbench), actions_(actions), charts_(charts), window_(window) {
    const auto on = [&](const char* id, auto slot) { connect(actions_[id], &QAction::triggered, this, slot); };
    on("export-overlay", [this] { exportOverlay(workbench_.grid.selected().value_or(CellName())); });
    on("export-comparison", [this] { exportComparison(); });
    on("export-chart", [this] { exportChart(); });
    connect(&workbench.session, &Session::picturesChanged, this, &ExportCommands::refresh);
    connect(&workbench.session, &Session::selectionChanged, this, &ExportCommands::refresh);
    connect(&workbench.session, &Session::currentPictureChanged, this, &ExportCommands::refresh);
    connect(&workbench.session, &Session::differenceChanged, this, &ExportCommands::refresh);
    connect(&workbench.explanations, &Explanations::cellChanged, this, &ExportCommands::refresh);
    refresh();
}

void ExportCommands::refresh() {
    const auto selected = workbench_.grid.selected();
    actions_["export-overlay"]->setEnabled(selected && workbench_.grid.cell(*selected).attribution);
    actions_["copy-cell"]->setEnabled(selected.has_value());
    actions_["export-comparison"]->setEnabled(selected && workbench_.session.currentPicture() != 0);
}

QString ExportCommands::askForPng(const QString& title, const QString& proposal) {
    const QString folder = workbench_.settings.folder(QStringLiteral("export"));
    QString path = QFileDialog::getSaveFileName(window_, title, QDir(folder).filePath(proposal), tr("PNG image (*.png)"));
    if (path.isEmpty())
        return {};
    if (QFileInfo(path).suffix().isEmpty())
        path += QStringLiteral(".png");
    workbench_.settings.setFolder(QStringLiteral("export"), QFileInfo(path).absolutePath());
    return path;
}

void ExportCommands::save(const QString& path, std::function<QImage()> render, const QString& provenance) {
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

void ExportCommands::exportOverlay(const CellName& name) {
    const GridContent content = workbench_.grid.content();
    const auto place = content.placeOf(name);
    if (!place)
        return;
    const CellContent cell = content.cells[place->row][place->column];
    const Paths paths = workbench_.settings.exportPaths();
    std::vector<nlohmann::json> records = {workbench_.explanations.record(name.of, paths)};
    if (name.minus)
        records.push_back(workbench_.explanations.record(*name.minus, paths));
    if (!cell.attribution || std::any_of(records.begin(), records.end(), [](const auto& record) { return record.is_null(); }))
        return;
    const QString path = askForPng(tr("Export overlay"), fileNameOf(name, workbench_.session) + QStringLiteral(".png"));
    if (path.isEmpty())
        return;
    const DisplaySettings display = workbench_.session.display();
    const ValueRange range = rangesOfCells(content, display)[place->row][place->column];
    save(path,
         [image = content.picture, seen = content.columns[place->column].seen, attribution = cell.attribution, display, range,
          caption = captionOf(cell, content, workbench_.session, workbench_.predictions)] {
             return ::discern::exportOverlay(image, seen, *attribution, display, range, caption);
         },
         exportRecord(records, display, differenceInWords(name)));
}

void ExportCommands::exportComparison() {
    const GridContent content = workbench_.grid.content();
    const QString path =
        askForPng(tr("Export comparison"), QStringLiteral("%1-comparison.png").arg(QFileInfo(content.pictureName).completeBaseName()));
    if (path.isEmpty())
        return;
    std::vector<nlohmann::json> records;
    const Paths paths = workbench_.settings.exportPaths();
    for (const QVector<CellContent>& line : content.cells)
        for (const CellContent& cell : line)
            if (nlohmann::json record = workbench_.explanations.record(cell.name.of, paths); !cell.name.minus && !record.is_null())
                records.push_back(std::move(record));
    const DisplaySettings display = workbench_.session.display();
    save(path, [content, display] { return ::discern::exportComparison(content, display); }, exportRecord(records, display));
}

void ExportCommands::exportChart() {
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

}  // namespace discern
