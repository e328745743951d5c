#include "ui/window/export_commands.h"

#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QInputDialog>

#include "core/store/npy.h"
#include "ui/actions/actions.h"
#include "ui/charts/chart.h"
#include "ui/panels/charts_panel.h"
#include "ui/render/export.h"
#include "ui/session/captions.h"

namespace discern {

namespace {

constexpr int kPriority = 200;

}  // namespace

ExportCommands::ExportCommands(Workbench& workbench, Actions& actions, ChartsPanel& charts, QWidget* window)
    : QObject(window), workbench_(workbench), actions_(actions), charts_(charts), window_(window) {
    const auto on = [&](const char* id, auto slot) {
        connect(actions_[id], &QAction::triggered, this, [this, slot] { translated(slot); });
    };
    on("export-overlay", [this] { exportOverlay(workbench_.grid.selected().value_or(CellName())); });
    on("export-comparison", [this] { exportComparison(); });
    on("export-array", [this] { exportArray(); });
    on("export-chart", [this] { exportChart(); });
    on("copy-cell", [this] { copyCell(); });
    connect(&workbench.session, &Session::picturesChanged, this, &ExportCommands::refresh);
    connect(&workbench.session, &Session::selectionChanged, this, &ExportCommands::refresh);
    connect(&workbench.session, &Session::currentPictureChanged, this, &ExportCommands::refresh);
    connect(&workbench.session, &Session::differenceChanged, this, &ExportCommands::refresh);
    connect(&workbench.explanations, &Explanations::cellChanged, this, &ExportCommands::refresh);
    refresh();
}

void ExportCommands::translated(const std::function<void()>& command) {
    try {
        command();
    } catch (const std::exception& error) {
        workbench_.tell(QString::fromUtf8(error.what()));
    }
}

void ExportCommands::refresh() {
    const auto selected = workbench_.grid.selected();
    const bool map = selected && workbench_.grid.cell(*selected).attribution;
    actions_["export-overlay"]->setEnabled(map);
    actions_["export-array"]->setEnabled(map);
    actions_["copy-cell"]->setEnabled(map);
    actions_["export-comparison"]->setEnabled(selected && workbench_.session.currentPicture() != 0);
}

/// The ending is added before the dialog asks whether a file may be replaced.
QString ExportCommands::askForFile(const QString& title, const QString& proposal, const QStringList& filters) {
    const QString kind = QStringLiteral("export");
    QFileDialog dialog(window_, title, workbench_.settings.folder(kind));
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    dialog.setNameFilters(filters);
    const auto follow = [&dialog](const QString& filter) {
        dialog.setDefaultSuffix(filter.section(QStringLiteral("*."), 1).section(QLatin1Char(')'), 0, 0));
    };
    connect(&dialog, &QFileDialog::filterSelected, &dialog, follow);
    follow(filters.first());
    dialog.selectFile(proposal);
    if (dialog.exec() != QDialog::Accepted)
        return {};
    const QString path = dialog.selectedFiles().value(0);
    workbench_.settings.setFolder(kind, QFileInfo(path).absolutePath());
    return path;
}

void ExportCommands::submit(const QString& title, PictureMaker maker, const QString& path) {
    const auto made = std::make_shared<QImage>();
    JobSpec job;
    job.title = title;
    job.priority = kPriority;
    job.kept = true;
    job.work = [path, made, maker = std::move(maker)](Progress& progress) {
        progress.report(0.1, "drawing");
        const ExportedPicture picture = maker();
        *made = picture.image;
        progress.checkpoint();
        progress.report(0.6, "writing");
        if (!path.isEmpty())
            savePng(picture.image, path.toStdString(), picture.provenance);
    };
    job.finished = [this, path, made](const JobStatus& status) {
        if (status.state == JobState::Done && path.isEmpty()) {
            QGuiApplication::clipboard()->setImage(*made);
            Q_EMIT copied();
        } else {
            tellOf(status, path);
        }
    };
    workbench_.jobs.submit(std::move(job));
}

void ExportCommands::tellOf(const JobStatus& status, const QString& path) {
    if (status.state != JobState::Done)
        Q_EMIT failed();
    if (status.state == JobState::Failed)
        Q_EMIT workbench_.message(QString::fromStdString(status.error));
    else if (status.state == JobState::Done)
        Q_EMIT saved(path);
}

void ExportCommands::exportOverlay(const CellName& name) {
    translated([&] { saveOverlay(name); });
}

void ExportCommands::saveOverlay(const CellName& name) {
    PictureMaker maker = overlayExport(name, workbench_, window_->devicePixelRatioF());
    if (!maker)
        return;
    const QString path = askForFile(tr("Export overlay"), fileNameOf(name, workbench_.session) + QStringLiteral(".png"),
                                    {tr("PNG image (*.png)")});
    if (!path.isEmpty())
        submit(tr("Save %1").arg(QFileInfo(path).fileName()), std::move(maker), path);
}

void ExportCommands::copyCell() {
    const auto selected = workbench_.grid.selected();
    if (PictureMaker maker = selected ? overlayExport(*selected, workbench_, window_->devicePixelRatioF()) : nullptr)
        submit(tr("Copy cell"), std::move(maker), {});
}

void ExportCommands::exportComparison() {
    PictureMaker maker = comparisonExport(workbench_);
    if (!maker)
        return;
    const PictureEntry* picture = workbench_.library.picture(workbench_.session.currentPicture());
    const QString path = askForFile(tr("Export comparison"),
                                    QStringLiteral("%1-comparison.png").arg(QFileInfo(picture->name).completeBaseName()),
                                    {tr("PNG image (*.png)")});
    if (!path.isEmpty())
        submit(tr("Save %1").arg(QFileInfo(path).fileName()), std::move(maker), path);
}

void ExportCommands::exportArray() {
    const auto selected = workbench_.grid.selected();
    const auto attribution = selected ? workbench_.grid.cell(*selected).attribution : nullptr;
    if (!attribution)
        return;
    const QString path = askForFile(tr("Export array"), fileNameOf(*selected, workbench_.session) + QStringLiteral(".npy"),
                                    {tr("NumPy array (*.npy)")});
    if (path.isEmpty())
        return;
    JobSpec job;
    job.title = tr("Save %1").arg(QFileInfo(path).fileName());
    job.priority = kPriority;
    job.work = [path, attribution](Progress&) { writeNpy(path.toStdString(), toArray(attribution->map)); };
    job.finished = [this, path](const JobStatus& status) { tellOf(status, path); };
    workbench_.jobs.submit(std::move(job));
}

void ExportCommands::exportChart() {
    QStringList titles;
    for (int i = 0; i < charts_.charts().size(); ++i)
        titles += ChartsPanel::titleOf(i);
    bool ok = false;
    const QString title = QInputDialog::getItem(window_, tr("Export chart"), tr("Chart:"), titles, 0, false, &ok);
    if (!ok)
        return;
    const QString path = askForFile(tr("Export chart"), title.toLower() + QStringLiteral(".png"),
                                    {tr("PNG image (*.png)"), tr("PDF document (*.pdf)"), tr("SVG drawing (*.svg)")});
    if (path.isEmpty())
        return;
    charts_.charts()[titles.indexOf(title)]->exportTo(path.toStdString());
    Q_EMIT saved(path);
}

}  // namespace discern
