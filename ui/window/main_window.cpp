#include "ui/window/main_window.h"

#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QMenuBar>
#include <QMimeData>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTimer>
#include <QVBoxLayout>
#include <utility>

#include "ui/actions/actions.h"
#include "ui/actions/command_palette.h"
#include "ui/dialogs/model_details.h"
#include "ui/dialogs/settings_dialog.h"
#include "ui/grid/grid_view.h"
#include "ui/pages/choose_page.h"
#include "ui/pages/docks.h"
#include "ui/pages/explore_page.h"
#include "ui/panels/jobs_panel.h"
#include "ui/panels/log_panel.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/window/awaited.h"
#include "ui/window/card_commands.h"
#include "ui/window/evaluate_commands.h"
#include "ui/window/export_commands.h"
#include "ui/window/input_rules.h"
#include "ui/window/layout_watch.h"
#include "ui/window/measure_commands.h"
#include "ui/window/message_strip.h"
#include "ui/window/offers.h"
#include "ui/window/open_commands.h"
#include "ui/window/page_switch.h"
#include "ui/window/palette_entries.h"
#include "ui/window/recent_menus.h"
#include "ui/window/status_line.h"
#include "ui/window/tensorflow_commands.h"
#include "ui/window/tool_bar.h"
#include "ui/window/view_commands.h"
#include "ui/window/workspace_commands.h"
#include "ui/window/zoo_commands.h"
#include "ui/window/zoo_menu.h"

namespace discern {

namespace {

constexpr int kLayoutVersion = 1;  ///< of the docks; a stored layout of another version is not restored
constexpr QSize kFirstSize{1440, 900};
constexpr QSize kFrame{16, 48};  ///< no window manager's is larger

}  // namespace

MainWindow::MainWindow(Workbench& workbench, LogBuffer& log) : workbench_(workbench) {
    setWindowIcon(applicationIcon());
    setAcceptDrops(true);
    resize(kFirstSize);
    new InputRules(this);
    actions_ = new Actions(this, workbench_.session.undoStack());
    page_ = new ExplorePage(workbench_, *actions_, this);
    choose_ = new ChoosePage(workbench_.jobs, this);
    placeCentre();
    placeDocks(log);
    open_ = new OpenCommands(workbench_, *actions_, this);
    new MeasureCommands(workbench_, *actions_, this);
    exports_ = new ExportCommands(workbench_, *actions_, page_->charts(), this);
    new RecentMenus(workbench_, *actions_, this);
    new ZooMenu(workbench_, *actions_->submenu("zoo/"), this);
    zoo_ = new ZooCommands(workbench_, *actions_, this);
    cards_ = new CardCommands(workbench_, *actions_, this);
    connect(new WorkspaceCommands(workbench_, *actions_, this), &WorkspaceCommands::foundAgain, strip_, &MessageStrip::inform);
    auto* view = new ViewCommands({workbench_, *actions_, page_->grid(), *docks_}, this);
    actions_->fill(menuBar());
    pages_->placeToolBars(new ToolBar(*actions_, this));
    auto* status = new StatusLine(workbench_, statusBar());
    connect(&page_->grid(), &GridView::probed, status, &StatusLine::showProbe);
    connect(view, &ViewCommands::searchRequested, this, [this] {
        auto* entries = new QObject(this);
        auto* palette = new CommandPalette(paletteEntries(*actions_, *docks_, page_->charts(), entries), workbench_.session, this);
        connect(palette, &QObject::destroyed, entries, &QObject::deleteLater);
        palette->setAttribute(Qt::WA_DeleteOnClose);
        palette->show();
    });
    connect(view, &ViewCommands::targetRequested, this, [this] {
        docks_->raise(QStringLiteral("target"));
        page_->typeTarget();
    });
    connect(view, &ViewCommands::detailsRequested, this, [this] {
        const int selected = workbench_.session.pickedModels().value(0);
        showDetails(selected ? selected : workbench_.session.work().models.value(0).id);
    });
    connect(view, &ViewCommands::settingsRequested, this, [this] { SettingsDialog(workbench_, this).exec(); });
    connectPanels();
    connectChoose();
    awaited_ = new Awaited(workbench_, this);
    connect(awaited_, &Awaited::waiting, choose_,
            [this](const QString& forWhat) { choose_->showProgress(0.0, forWhat); });
    connect(choose_, &ChoosePage::cancelRequested, awaited_, &Awaited::callOff);
    layoutWatch_ = new LayoutWatch(*this, findChildren<QDockWidget*>());
    connect(layoutWatch_, &LayoutWatch::changed, this, &MainWindow::keepLayout);
    connect(pages_, &PageSwitch::changed, this, &MainWindow::keepLayout);
    connect(&workbench_.workspace, &WorkspaceKeeper::opened, this, &MainWindow::restorePanels);
}

MainWindow::~MainWindow() = default;

GridView& MainWindow::grid() { return page_->grid(); }

void MainWindow::placeCentre() {
    auto* centre = new QWidget;
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    strip_ = new MessageStrip;
    column->addWidget(strip_);
    auto* centres = new QStackedWidget;
    centres->addWidget(page_->centre());
    centres->addWidget(choose_->centre());
    pages_ = new PageSwitch({*actions_, *centres, *choose_, kLayoutVersion}, this);
    column->addWidget(centres, 1);
    centre->setMinimumSize(360, 220);
    setCentralWidget(centre);
}

void MainWindow::placeDocks(LogBuffer& log) {
    Workbench& w = workbench_;
    auto* jobs = new JobsPanel(w.jobs, w.jobTable);
    auto* logPanel = new LogPanel(log);
    connect(jobs, &JobsPanel::cancelAllRequested, &w, &Workbench::cancelAll);
    connect(logPanel, &LogPanel::saveRequested, this, [this](const QString& text) { exports_->saveLog(text); });
    std::vector<DockSpec> specs = page_->docks();
    specs.push_back({QStringLiteral("jobs"), tr("Jobs"), Qt::BottomDockWidgetArea, jobs});
    specs.push_back({QStringLiteral("log"), tr("Log"), Qt::BottomDockWidgetArea, logPanel});
    docks_ = new Docks(*this, std::move(specs));
    // The page that chooses has no docks.
    connect(strip_, &MessageStrip::logRequested, this, [this] {
        pages_->show(false);
        docks_->raise(QStringLiteral("log"));
    });
    connect(&w.jobs, &JobQueue::activityChanged, this, [this] {
        const int count = workbench_.jobs.activeCount();
        closeWhenSaved();
        (*docks_)[QStringLiteral("jobs")]->setWindowTitle(count == 0 ? tr("Jobs") : tr("Jobs · %1").arg(count));
    });
}

void MainWindow::connectChoose() {
    auto* evaluate = new EvaluateCommands(workbench_, *actions_, *choose_, this);
    connect(evaluate, &EvaluateCommands::begun, strip_, &MessageStrip::dismiss);
    connect(evaluate, &EvaluateCommands::saved, strip_, &MessageStrip::inform);
    connect(evaluate, &EvaluateCommands::evaluated, this, [this] { pages_->show(true); });
    connect(choose_, &ChoosePage::failed, strip_, [this](const QString& message) { strip_->show(message); });
    connect(choose_, &ChoosePage::saveChartRequested, exports_, &ExportCommands::saveChart);
    connect(choose_, &ChoosePage::saveTableRequested, exports_, &ExportCommands::saveText);
    connect(choose_, &ChoosePage::openImages, this, [this](const QStringList& files, const QString& title) {
        pages_->show(false);
        statusBar()->showMessage(title, 8000);
        workbench_.openPictures(files);
    });
}

void MainWindow::connectPanels() {
    connect(page_, &ExplorePage::filesDropped, this, &MainWindow::open);
    connect(page_, &ExplorePage::openImagesRequested, open_, &OpenCommands::openImages);
    connect(page_, &ExplorePage::sampleRequested, open_, &OpenCommands::openSample);
    connect(page_, &ExplorePage::addModelRequested, open_, &OpenCommands::addModel);
    connect(page_, &ExplorePage::exportRequested, exports_, &ExportCommands::exportOverlay);
    connect(page_, &ExplorePage::saveChartRequested, exports_, &ExportCommands::saveChart);
    connect(page_, &ExplorePage::saveTableRequested, exports_, &ExportCommands::saveText);
    connect(page_, &ExplorePage::modelDetailsRequested, this, &MainWindow::showDetails);
    connect(page_, &ExplorePage::editCardRequested, cards_, &CardCommands::edit);
    connect(page_, &ExplorePage::modelRequested, this, [this](const QString& name) { workbench_.openModels({name}); });
    page_->offer(offersOnDisk());
    connect(zoo_, &ZooCommands::fetched, this, [this](const QString& title) {
        page_->offer(offersOnDisk());
        statusBar()->showMessage(tr("%1 is here: Model › Add from zoo").arg(title), 8000);
    });
    connect(cards_, &CardCommands::kept, this, [this](const QString& words) { statusBar()->showMessage(words, 8000); });
    connect(exports_, &ExportCommands::failed, this, [this] { closing_ = false; });
    connect(exports_, &ExportCommands::saved, this, [this](const QString& path) { statusBar()->showMessage(tr("Saved %1").arg(path), 8000); });
    connect(exports_, &ExportCommands::copied, this, [this] {
        statusBar()->showMessage(tr("Copied the cell with its legend and caption"), 8000);
    });
    connect(&workbench_.evaluations, &Evaluations::changed, this, [this] { leaving_ = false; });
    connect(&workbench_, &Workbench::message, strip_, [this](const QString& message) { strip_->show(message); });
    new TensorflowCommands(workbench_, *strip_, this);
    connect(&workbench_, &Workbench::changedOnDisk, strip_, [this](const QString& message) {
        strip_->show(message, tr("Open again"), [this] { workbench_.retryFailed(); });
    });
}

void MainWindow::restoreLayout(const QSize& room) {
    if (!restoreGeometry(workbench_.session.view().geometry)) {
        const QSize framed = kFirstSize + kFrame;
        resize(kFirstSize.boundedTo(room));
        if (framed != framed.boundedTo(room))
            setWindowState(Qt::WindowMaximized);
    }
    restorePanels();
}

void MainWindow::restorePanels() {
    const ViewChoices view = workbench_.session.view();
    if (!pages_->restore(view.layout, view.choosing) && !view.choosing)
        docks_->reset();
}

void MainWindow::keepLayout() {
    ViewChoices view = workbench_.session.view();
    view.geometry = saveGeometry();
    view.layout = pages_->layout();
    view.choosing = pages_->choosing();
    workbench_.session.setView(view);
}

void MainWindow::evaluate(const EvaluationOrder& order) {
    pages_->show(true);
    awaited_->evaluate(order);
}

void MainWindow::measure() { awaited_->measure(); }

void MainWindow::showDetails(int model) {
    const ModelEntry* entry = workbench_.library.model(model);
    if (!entry)
        return;
    ModelDetails details(*entry, workbench_.session.model(model), CardCommands::editable(*entry), this);
    connect(&details, &ModelDetails::editCardRequested, cards_, [this, model] { cards_->edit(model); });
    connect(&details, &ModelDetails::saveTableRequested, exports_, &ExportCommands::saveText);
    connect(&details, &ModelDetails::layerChosen, this, [this, model](const QString& layer) {
        workbench_.session.setModelLayer(model, layer);
        statusBar()->showMessage(tr("Methods that look at a layer look at %1").arg(layer), 8000);
    });
    details.exec();
}

void MainWindow::open(const QList<QUrl>& urls) {
    QStringList paths;
    for (const QUrl& url : urls)
        if (url.isLocalFile())
            paths += url.toLocalFile();
    if (!paths.isEmpty())
        workbench_.open(paths);
}

/// Of an evaluation that would be stopped. Closing again, or the strip's button, stops it.
bool MainWindow::asksBeforeClosing() {
    if (!workbench_.evaluations.running() || std::exchange(leaving_, true)) return false;
    strip_->show(tr("An evaluation is running. What it has found is kept, and the same evaluation goes on from there. Close again to stop it."),
                 tr("Close"), [this] { close(); });
    return true;
}

void MainWindow::closeEvent(QCloseEvent* event) {
    keepLayout();
    if (asksBeforeClosing()) return event->ignore();
    workbench_.cancelAll();
    closing_ = workbench_.jobs.keptCount() > 0;
    event->setAccepted(!closing_);
    if (closing_)
        return strip_->show(tr("The window closes as soon as what is being saved is saved; the Jobs panel can cancel it."));
    layoutWatch_->stop();
}

void MainWindow::closeWhenSaved() {
    if (closing_ && workbench_.jobs.keptCount() == 0)
        close();
}

void MainWindow::changeEvent(QEvent* event) {
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && actions_)
        actions_->refreshIcons();
    if (event->type() == QEvent::ActivationChange && isActiveWindow())
        workbench_.fileWatch.check();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    event->acceptProposedAction();
    open(event->mimeData()->urls());
}

}  // namespace discern
