#include "ui/window/export_commands.h"

#include <QClipboard>
#include <QFileInfo>
#include <QGuiApplication>
#include <QInputDialog>

#include "core/store/files.h"
#include "core/store/npy.h"
#include "ui/actions/actions.h"
#include "ui/charts/chart.h"
#include "ui/dialogs/save_dialog.h"
#include "ui/panels/charts_panel.h"
#include "ui/render/export.h"
#include "ui/session/captions.h"
#include "ui/session/report_export.h"
#include "ui/words/core_words.h"

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
    on("export-report", [this] { exportReport(); });
    on("export-table", [this] { exportTable(); });
    on("export-chart", [this] { exportChart(); });
    on("copy-cell", [this] { copyCell(); });
    connect(&workbench.session, &Session::picturesChanged, this, &ExportCommands::refresh);
    connect(&workbench.session, &Session::selectionChanged, this, &ExportCommands::refresh);
    connect(&workbench.session, &Session::currentPictureChanged, this, &ExportCommands::refresh);
    connect(&workbench.session, &Session::differenceChanged, this, &ExportCommands::refresh);
    connect(&workbench.differences, &DifferenceMaps::changed, this, &ExportCommands::refresh);
    connect(&workbench.explanations, &Explanations::cellChanged, this, [this](const CellRef& cell) {
        if (const auto selected = workbench_.grid.selected(); selected && selected->shows(cell))
            refresh();
    });
    connect(&workbench.library, &Library::pictureChanged, this, &ExportCommands::refresh);
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
    const PictureEntry* picture = workbench_.library.picture(workbench_.session.currentPicture());
    actions_["export-comparison"]->setEnabled(selected && picture && picture->state == LoadState::Ready);
    for (const char* id : {"export-report", "export-table"})
        actions_[id]->setEnabled(selected && picture);
}

QString ExportCommands::askForFile(const QString& title, const QString& proposal, const QStringList& filters) {
    return discern::askForFile(window_, workbench_.settings, title, proposal, filters);
}

void ExportCommands::save(const QString& path, std::function<void(Progress&)> work, const std::function<void()>& then) {
    JobSpec job;
    job.title = tr("Save %1").arg(QFileInfo(path).fileName());
    job.priority = kPriority;
    job.kept = true;
    job.work = std::move(work);
    job.finished = [this, path, then](const JobStatus& status) {
        tellOf(status, path);
        if (then && status.state == JobState::Done)
            then();
    };
    workbench_.jobs.submit(std::move(job));
}

void ExportCommands::savePicture(PictureMaker maker, const QString& path) {
    save(path, [path, maker = std::move(maker)](Progress& progress) {
        progress.report(0.1, "drawing");
        const ExportedPicture picture = maker();
        progress.checkpoint();
        progress.report(0.6, "writing");
        savePng(picture.image, path.toStdString(), picture.provenance);
    });
}

void ExportCommands::tellOf(const JobStatus& status, const QString& path) {
    if (status.state != JobState::Done)
        Q_EMIT failed();
    if (status.state == JobState::Failed)
        Q_EMIT workbench_.message(coreWords(status.error));
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
        savePicture(std::move(maker), path);
}

void ExportCommands::copyCell() {
    const auto selected = workbench_.grid.selected();
    PictureMaker maker = selected ? overlayExport(*selected, workbench_, window_->devicePixelRatioF()) : nullptr;
    if (!maker)
        return;
    const auto made = std::make_shared<QImage>();
    JobSpec job;
    job.title = tr("Copy cell");
    job.priority = kPriority;
    job.kept = true;
    job.work = [made, maker = std::move(maker)](Progress& progress) {
        progress.report(0.1, "drawing");
        *made = maker().image;
    };
    job.finished = [this, made](const JobStatus& status) {
        if (status.state != JobState::Done)
            return tellOf(status, {});
        QGuiApplication::clipboard()->setImage(*made);
        Q_EMIT copied();
    };
    workbench_.jobs.submit(std::move(job));
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
        savePicture(std::move(maker), path);
}

void ExportCommands::exportArray() {
    const auto selected = workbench_.grid.selected();
    const auto attribution = selected ? workbench_.grid.cell(*selected).attribution : nullptr;
    if (!attribution)
        return;
    const QString path = askForFile(tr("Export array"), fileNameOf(*selected, workbench_.session) + QStringLiteral(".npy"),
                                    {tr("NumPy array (*.npy)")});
    if (!path.isEmpty())
        save(path, [path, attribution](Progress&) { writeNpy(path.toStdString(), toArray(attribution->map)); });
}

void ExportCommands::exportReport() {
    const ReportMaker maker = reportExport(workbench_);
    if (!maker)
        return tellNothingExplained();
    const QString path = askForFile(tr("Export report"), QStringLiteral("discern-report"), {tr("New folder (*)")});
    if (path.isEmpty())
        return;
    const auto errors = std::make_shared<std::vector<std::string>>();
    save(path, [path, maker, errors](Progress& progress) { *errors = maker(path.toStdString(), progress); },
         [this, errors] {
             if (!errors->empty())
                 workbench_.tell(tr("%n part(s) of the report could not be written: %1", nullptr, static_cast<int>(errors->size()))
                                     .arg(QString::fromStdString(errors->front())));
         });
}

void ExportCommands::exportTable() {
    const TableMaker maker = tableExport(workbench_);
    if (!maker)
        return tellNothingExplained();
    const QString path = askForFile(tr("Export table"), QStringLiteral("metrics.csv"), {tr("Table (*.csv)")});
    if (!path.isEmpty())
        save(path, [path, maker](Progress& progress) { writeFileSafely(path.toStdString(), maker(progress)); });
}

void ExportCommands::tellNothingExplained() {
    workbench_.tell(tr("No image of the list has a finished explanation yet; explain one first"));
}

void ExportCommands::exportChart() {
    QStringList titles;
    for (int i = 0; i < charts_.charts().size(); ++i)
        titles += ChartsPanel::titleOf(i);
    bool ok = false;
    const QString title = QInputDialog::getItem(window_, tr("Export chart"), tr("Chart:"), titles, 0, false, &ok);
    if (!ok)
        return;
    saveChart(charts_.charts()[titles.indexOf(title)], title.toLower());
}

void ExportCommands::saveChart(Chart* chart, const QString& proposal) {
    translated([&] {
        const QString path = askForFile(tr("Export chart"), proposal + QStringLiteral(".png"),
                                        {tr("PNG image (*.png)"), tr("PDF document (*.pdf)"), tr("SVG drawing (*.svg)")});
        if (path.isEmpty())
            return;
        chart->exportTo(path.toStdString());
        Q_EMIT saved(path);
    });
}

void ExportCommands::saveText(const QString& csv, const QString& proposal) {
    saveAs(csv, tr("Export figures"), proposal + QStringLiteral(".csv"), tr("Table (*.csv)"));
}

void ExportCommands::saveLog(const QString& text) {
    saveAs(text, tr("Save log"), QStringLiteral("discern.log"), tr("Text (*.log *.txt)"));
}

void ExportCommands::saveAs(const QString& text, const QString& title, const QString& proposal, const QString& filter) {
    translated([&] {
        const QString path = askForFile(title, proposal, {filter});
        if (path.isEmpty())
            return;
        writeFileSafely(path.toStdString(), text.toStdString());
        Q_EMIT saved(path);
    });
}

}  // namespace discern
