#include "ui/window/view_commands.h"

#include <QActionGroup>
#include <QApplication>
#include <QMainWindow>
#include <QMenu>
#include <QTimer>

#include "ui/actions/actions.h"
#include "ui/actions/shortcut_sheet.h"
#include "ui/dialogs/about_dialog.h"
#include "ui/dialogs/methods_explained.h"
#include "ui/grid/grid_view.h"
#include "ui/grid/view_state.h"
#include "ui/pages/docks.h"
#include "ui/style/apply_theme.h"
#include "ui/window/hold_key.h"

namespace discern {

namespace {

constexpr double kZoomStep = 1.25;
constexpr int kRestMs = 300;

}  // namespace

ViewCommands::ViewCommands(const Parts& parts, QMainWindow* window) : QObject(window), parts_(parts), window_(window) {
    connectWork();
    connectView();
    connectHelp();
    fillMenus();
    refresh();
}

void ViewCommands::connectWork() {
    Actions& a = parts_.actions;
    Workbench& w = parts_.workbench;
    const auto on = [&](const char* id, auto slot) { connect(a[id], &QAction::triggered, this, slot); };
    on("explain", [&w] { w.explanations.explainPicture(w.session.currentPicture()); });
    on("explain-all", [&w] { w.explanations.explainAllPictures(); });
    on("retry-failed", [&w] { w.retryFailed(); });
    on("cancel-all", [&w] { w.cancelAll(); });
    on("target-class", [this] { Q_EMIT targetRequested(); });
    on("previous-image", [this] { step(-1); });
    on("next-image", [this] { step(1); });
    on("remove-image", [&w] { w.session.removePictures({w.session.currentPicture()}); });
    on("remove-model", [&w] { w.session.removeModels(w.session.pickedModels()); });
    on("model-details", [this] { Q_EMIT detailsRequested(); });
    on("settings", [this] { Q_EMIT settingsRequested(); });
    on("quit", [this] { window_->close(); });
    connect(&w.session, &Session::picturesChanged, this, &ViewCommands::refresh);
    connect(&w.session, &Session::currentPictureChanged, this, &ViewCommands::refresh);
    connect(&w.session, &Session::modelsChanged, this, &ViewCommands::refresh);
    connect(&w.session, &Session::methodsChanged, this, &ViewCommands::refresh);
    connect(&w.session, &Session::selectionChanged, this, &ViewCommands::refresh);
    connect(&w.jobs, &JobQueue::activityChanged, this, &ViewCommands::refresh);
}

void ViewCommands::connectView() {
    Actions& a = parts_.actions;
    ViewState& view = parts_.grid.viewState();
    GridView& grid = parts_.grid;
    const auto on = [&](const char* id, auto slot) { connect(a[id], &QAction::triggered, this, slot); };
    const auto zoom = [&view](double factor) { view.setView(ViewState::zoomed(view.view(), view.view().centre, factor)); };
    on("zoom-in", [zoom] { zoom(kZoomStep); });
    on("zoom-out", [zoom] { zoom(1.0 / kZoomStep); });
    on("zoom-fit", [&view] { view.setView({}); });
    Session& session = parts_.workbench.session;
    const auto showLinked = [&a, &view, &session] {
        a["link"]->setChecked(session.view().linked);
        view.setLinked(session.view().linked);
    };
    connect(a["link"], &QAction::toggled, this, [&session](bool linked) {
        ViewChoices choices = session.view();
        choices.linked = linked;
        session.setView(choices);
    });
    connect(&session, &Session::viewChanged, this, showLinked);
    showLinked();
    keepZoom();
    connect(a["swipe"], &QAction::toggled, &grid, &GridView::setSwipe);
    connect(a["difference"], &QAction::triggered, this, [&session](bool shown) {
        session.setDifference(shown ? session.proposedDifference() : std::nullopt);
    });
    connect(&session, &Session::differenceChanged, this, &ViewCommands::refresh);
    connect(a["hide-overlay"], &QAction::toggled, &grid, &GridView::setOverlayHidden);
    auto* hold = new HoldKey(Qt::Key_H, window_);
    connect(hold, &HoldKey::held, this,
            [this](bool down) { parts_.grid.setOverlayHidden(down || parts_.actions["hide-overlay"]->isChecked()); });
    on("reset-layout", [this] { parts_.docks.reset(); });
    connect(a["full-screen"], &QAction::triggered, this, &ViewCommands::setFullScreen);
    window_->installEventFilter(this);
}

/// Where one looks is kept once the hand rests, and comes back with the picture of a workspace.
void ViewCommands::keepZoom() {
    Session& session = parts_.workbench.session;
    ViewState& view = parts_.grid.viewState();
    auto* rest = new QTimer(this);
    rest->setSingleShot(true);
    rest->setInterval(kRestMs);
    connect(&view, &ViewState::viewChanged, rest, qOverload<>(&QTimer::start));
    connect(rest, &QTimer::timeout, this, [this, &session, &view] {
        // A picture that is still being opened has not been looked at yet.
        if (parts_.grid.content().picture.isNull()) return;
        ViewChoices choices = session.view();
        choices.centre = view.view().centre;
        choices.zoom = view.view().zoom;
        session.setView(choices);
    });
    const auto restore = [this, &session] {
        if (!session.work().pictures.isEmpty()) parts_.grid.showNextAt({session.view().centre, session.view().zoom});
    };
    connect(&parts_.workbench.workspace, &WorkspaceKeeper::opened, this, restore);
    restore();
}

void ViewCommands::setFullScreen(bool full) {
    if (full == window_->isFullScreen())
        return;
    if (full)
        before_ = {window_->size(), window_->saveState(), shownDocks()};
    // What else the window is, maximised or not, stays known beneath it.
    window_->setWindowState(window_->windowState() ^ Qt::WindowFullScreen);
}

QStringList ViewCommands::shownDocks() const {
    QStringList shown;
    for (const QAction* action : parts_.docks.toggleActions())
        if (action->isChecked())
            shown += action->text();
    return shown;
}

/// Once the window has its old size again, unless panels were opened or closed meanwhile.
void ViewCommands::putDocksBack() {
    if (before_.docks.isEmpty() || window_->isFullScreen() || window_->size() != before_.size)
        return;
    const Before before = std::exchange(before_, {});
    if (before.shown == shownDocks())
        window_->restoreState(before.docks);
}

bool ViewCommands::eventFilter(QObject* watched, QEvent* event) {
    if (watched == window_ && event->type() == QEvent::WindowStateChange)
        parts_.actions["full-screen"]->setChecked(window_->isFullScreen());
    if (watched == window_ && (event->type() == QEvent::WindowStateChange || event->type() == QEvent::Resize))
        QTimer::singleShot(0, this, &ViewCommands::putDocksBack);  // after the docks have followed the window
    return QObject::eventFilter(watched, event);
}

void ViewCommands::connectHelp() {
    Actions& a = parts_.actions;
    const auto on = [&](const char* id, auto slot) { connect(a[id], &QAction::triggered, this, slot); };
    on("search", [this] { Q_EMIT searchRequested(); });
    on("shortcuts", [this] { ShortcutSheet(parts_.actions, window_).exec(); });
    on("methods-explained", [this] { MethodsExplained(window_).exec(); });
    on("about", [this] { AboutDialog(window_).exec(); });
}

void ViewCommands::fillMenus() {
    parts_.actions.submenu("panels/")->addActions(parts_.docks.toggleActions());
    auto* group = new QActionGroup(this);
    const std::pair<ThemeMode, QString> themes[] = {
        {ThemeMode::System, tr("&System")}, {ThemeMode::Light, tr("&Light")}, {ThemeMode::Dark, tr("&Dark")}};
    for (const auto& [mode, title] : themes) {
        QAction* action = parts_.actions.submenu("theme/")->addAction(title);
        action->setCheckable(true);
        action->setChecked(mode == parts_.workbench.settings.theme());
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, mode = mode] { setTheme(mode); });
    }
}

void ViewCommands::setTheme(ThemeMode mode) {
    parts_.workbench.settings.setTheme(mode);
    applyTheme(*qApp, mode);
}

void ViewCommands::refresh() {
    Actions& a = parts_.actions;
    Session& s = parts_.workbench.session;
    const auto place = s.work().pictures.indexOf(s.currentPicture());
    const bool something = s.currentPicture() != 0 && !s.shownModels().isEmpty() && !s.enabledMethods().isEmpty();
    a["explain"]->setEnabled(something);
    a["explain-all"]->setEnabled(something && s.work().pictures.size() > 1);
    a["difference"]->setEnabled(s.proposedDifference().has_value());
    a["difference"]->setChecked(s.difference().has_value());
    a["cancel-all"]->setEnabled(parts_.workbench.jobs.activeCount() > parts_.workbench.jobs.keptCount());
    a["previous-image"]->setEnabled(place > 0);
    a["next-image"]->setEnabled(place >= 0 && place + 1 < s.work().pictures.size());
    a["remove-image"]->setEnabled(place >= 0);
    a["remove-model"]->setEnabled(!s.pickedModels().isEmpty());
    a["model-details"]->setEnabled(!s.work().models.isEmpty());
}

void ViewCommands::step(int by) {
    Session& session = parts_.workbench.session;
    const QVector<int>& pictures = session.work().pictures;
    const auto place = pictures.indexOf(session.currentPicture()) + by;
    if (place >= 0 && place < pictures.size())
        session.setCurrentPicture(pictures[place]);
}

}  // namespace discern
