#include "ui/actions/actions.h"

#include <QMenu>
#include <QMenuBar>

#include "ui/theme/icon.h"

namespace discern {

const std::vector<ActionSpec>& actionSpecs() {
    using M = MenuId;
    // An id that ends in "/" is a submenu.
    static const std::vector<ActionSpec> specs = {
        {"open", M::File, QT_TRANSLATE_NOOP("Actions", "&Open images…"),
         QT_TRANSLATE_NOOP("Actions", "Open photographs: PNG, JPEG, TIFF, BMP, WebP"), "open", "Ctrl+O"},
        {"open-folder", M::File, QT_TRANSLATE_NOOP("Actions", "Open &folder…"),
         QT_TRANSLATE_NOOP("Actions", "Open all images of a folder"), "folder", "Ctrl+Shift+O"},
        {"open-sample", M::File, QT_TRANSLATE_NOOP("Actions", "Open a &sample"),
         QT_TRANSLATE_NOOP("Actions", "Open the sample photographs"), "image"},
        {"recent/", M::File, QT_TRANSLATE_NOOP("Actions", "Open &recent"), ""},
        {"export-overlay", M::File, QT_TRANSLATE_NOOP("Actions", "&Export overlay…"),
         QT_TRANSLATE_NOOP("Actions", "Save the selected cell as PNG at the image's own resolution, with legend and caption"),
         "export", "Ctrl+E", false, true},
        {"export-comparison", M::File, QT_TRANSLATE_NOOP("Actions", "Export &comparison…"),
         QT_TRANSLATE_NOOP("Actions", "Save the whole grid as PNG, with legends"), "export", "Ctrl+Shift+E"},
        {"export-chart", M::File, QT_TRANSLATE_NOOP("Actions", "Export c&hart…"),
         QT_TRANSLATE_NOOP("Actions", "Save a chart as PNG, PDF or SVG"), "export"},
        {"quit", M::File, QT_TRANSLATE_NOOP("Actions", "&Quit"), QT_TRANSLATE_NOOP("Actions", "Stop all jobs and close the window"),
         "", "Ctrl+Q", false, true},

        {"undo", M::Edit, QT_TRANSLATE_NOOP("Actions", "&Undo"), QT_TRANSLATE_NOOP("Actions", "Take back the latest change"), "",
         "Ctrl+Z"},
        {"redo", M::Edit, QT_TRANSLATE_NOOP("Actions", "&Redo"), QT_TRANSLATE_NOOP("Actions", "Do again what was taken back"), "",
         "Ctrl+Shift+Z Ctrl+Y"},
        {"copy-cell", M::Edit, QT_TRANSLATE_NOOP("Actions", "&Copy cell"),
         QT_TRANSLATE_NOOP("Actions", "Copy the selected cell as an image"), "copy", "Ctrl+C", false, true},
        {"paste", M::Edit, QT_TRANSLATE_NOOP("Actions", "&Paste image"),
         QT_TRANSLATE_NOOP("Actions", "Add the image or the files in the clipboard"), "image", "Ctrl+V"},
        {"settings", M::Edit, QT_TRANSLATE_NOOP("Actions", "&Settings…"),
         QT_TRANSLATE_NOOP("Actions", "Device, precision, seed, what starts by itself, recent files"), "settings", "Ctrl+,",
         false, true},

        {"previous-image", M::Image, QT_TRANSLATE_NOOP("Actions", "&Previous image"),
         QT_TRANSLATE_NOOP("Actions", "Compare on the previous image of the list"), "up", "Alt+Left PgUp"},
        {"next-image", M::Image, QT_TRANSLATE_NOOP("Actions", "&Next image"),
         QT_TRANSLATE_NOOP("Actions", "Compare on the next image of the list"), "down", "Alt+Right PgDown"},
        {"remove-image", M::Image, QT_TRANSLATE_NOOP("Actions", "&Remove image"),
         QT_TRANSLATE_NOOP("Actions", "Take the current image from the list; the file stays"), "remove", "", false, true},

        {"add-model", M::Model, QT_TRANSLATE_NOOP("Actions", "&Add model…"),
         QT_TRANSLATE_NOOP("Actions", "Open a TorchScript classifier"), "model", "Ctrl+M"},
        {"zoo/", M::Model, QT_TRANSLATE_NOOP("Actions", "Add from &zoo"), ""},
        {"recent-models/", M::Model, QT_TRANSLATE_NOOP("Actions", "Add &recent"), ""},
        {"model-details", M::Model, QT_TRANSLATE_NOOP("Actions", "&Details…"),
         QT_TRANSLATE_NOOP("Actions", "Card, layers and size of the selected model"), "info", "Ctrl+I", false, true},
        {"edit-card", M::Model, QT_TRANSLATE_NOOP("Actions", "&Edit card…"),
         QT_TRANSLATE_NOOP("Actions", "State how images enter the selected model, where its card leaves it open or guesses it"), "settings",
         "Ctrl+Shift+I"},
        {"remove-model", M::Model, QT_TRANSLATE_NOOP("Actions", "&Remove model"),
         QT_TRANSLATE_NOOP("Actions", "Take the selected model out of the comparison; the file stays"), "remove"},

        {"explain", M::Explain, QT_TRANSLATE_NOOP("Actions", "&Explain"),
         QT_TRANSLATE_NOOP("Actions", "Explain the current image: every ticked method on every ticked model"), "explain",
         "Ctrl+Return F5"},
        {"explain-all", M::Explain, QT_TRANSLATE_NOOP("Actions", "Explain &all images"),
         QT_TRANSLATE_NOOP("Actions", "The same for every image of the list, after the current one"), "", "Ctrl+Shift+Return"},
        {"target-class", M::Explain, QT_TRANSLATE_NOOP("Actions", "Choose &class"),
         QT_TRANSLATE_NOOP("Actions", "Type the class that all models explain"), "search", "Ctrl+F"},
        {"retry-failed", M::Explain, QT_TRANSLATE_NOOP("Actions", "&Retry failed"),
         QT_TRANSLATE_NOOP("Actions", "Do again what failed or was cancelled"), "retry", "Ctrl+R", false, true},
        {"cancel-all", M::Explain, QT_TRANSLATE_NOOP("Actions", "&Cancel all"),
         QT_TRANSLATE_NOOP("Actions", "Stop every job"), "cancel", "Ctrl+."},

        {"zoom-in", M::View, QT_TRANSLATE_NOOP("Actions", "Zoom &in"), QT_TRANSLATE_NOOP("Actions", "Look closer in all linked cells"),
         "", "Ctrl++ Ctrl+="},
        {"zoom-out", M::View, QT_TRANSLATE_NOOP("Actions", "Zoom &out"), QT_TRANSLATE_NOOP("Actions", "Look from further away"), "",
         "Ctrl+-"},
        {"zoom-fit", M::View, QT_TRANSLATE_NOOP("Actions", "&Fit"), QT_TRANSLATE_NOOP("Actions", "The whole image in every cell"),
         "fit", "Ctrl+0"},
        {"link", M::View, QT_TRANSLATE_NOOP("Actions", "&Link views"),
         QT_TRANSLATE_NOOP("Actions", "All cells zoom and move together"), "link", "Ctrl+L", true},
        {"swipe", M::View, QT_TRANSLATE_NOOP("Actions", "&Swipe"),
         QT_TRANSLATE_NOOP("Actions", "A divider follows the pointer: left of it each cell's own overlay, right of it the selected "
                           "cell's"),
         "swipe", "Ctrl+D", true},
        {"difference", M::View, QT_TRANSLATE_NOOP("Actions", "&Difference"),
         QT_TRANSLATE_NOOP("Actions", "Show the selected cell's model minus the next one, method by method; with one model, its method "
                           "minus the next one"),
         "difference", "Ctrl+Shift+D", true},
        {"hide-overlay", M::View, QT_TRANSLATE_NOOP("Actions", "&Hide overlay"),
         QT_TRANSLATE_NOOP("Actions", "Show the photographs bare; holding H does it for a moment"), "", "Ctrl+H", true},
        {"panels/", M::View, QT_TRANSLATE_NOOP("Actions", "&Panels"), "", "", "", false, true},
        {"reset-layout", M::View, QT_TRANSLATE_NOOP("Actions", "&Reset layout"),
         QT_TRANSLATE_NOOP("Actions", "Put every panel back where it was at first")},
        {"full-screen", M::View, QT_TRANSLATE_NOOP("Actions", "F&ull screen"), QT_TRANSLATE_NOOP("Actions", "Use the whole screen"), "",
         "F11", true},
        {"theme/", M::View, QT_TRANSLATE_NOOP("Actions", "&Theme"), "", "", "", false, true},

        {"search", M::Help, QT_TRANSLATE_NOOP("Actions", "Search &commands…"),
         QT_TRANSLATE_NOOP("Actions", "Find any command by typing"), "search", "Ctrl+K"},
        {"shortcuts", M::Help, QT_TRANSLATE_NOOP("Actions", "Keyboard &shortcuts"),
         QT_TRANSLATE_NOOP("Actions", "All shortcuts on one sheet"), "", "F1 ?"},
        {"methods-explained", M::Help, QT_TRANSLATE_NOOP("Actions", "&Methods explained"),
         QT_TRANSLATE_NOOP("Actions", "What each method tells, what it does not, and its source"), "info"},
        {"about", M::Help, QT_TRANSLATE_NOOP("Actions", "&About Discern"), QT_TRANSLATE_NOOP("Actions", "Version, licence, libraries"),
         "", "", false, true},
    };
    return specs;
}

QString titleOf(MenuId menu) {
    switch (menu) {
        case MenuId::File: return Actions::tr("&File");
        case MenuId::Edit: return Actions::tr("&Edit");
        case MenuId::Image: return Actions::tr("&Image");
        case MenuId::Model: return Actions::tr("&Model");
        case MenuId::Explain: return Actions::tr("E&xplain");
        case MenuId::View: return Actions::tr("&View");
        case MenuId::Help: return Actions::tr("&Help");
    }
    return {};
}

Actions::Actions(QWidget* window) : QObject(window) {
    for (const ActionSpec& spec : actionSpecs()) {
        const QString id = QLatin1String(spec.id);
        if (id.endsWith(QLatin1Char('/'))) {
            submenus_.insert(id, new QMenu(tr(spec.text), window));
            continue;
        }
        auto* action = new QAction(tr(spec.text), this);
        action->setObjectName(id);
        action->setCheckable(spec.checkable);
        QList<QKeySequence> keys;
        for (const QString& key : QString::fromLatin1(spec.shortcut).split(QLatin1Char(' '), Qt::SkipEmptyParts))
            keys += QKeySequence::fromString(key, QKeySequence::PortableText);
        action->setShortcuts(keys);
        const QString tip = tr(spec.tip);
        action->setStatusTip(tip);
        action->setToolTip(keys.isEmpty() ? tip : QStringLiteral("%1 (%2)").arg(tip, keys.first().toString(QKeySequence::NativeText)));
        window->addAction(action);
        byId_.insert(id, action);
        ordered_ += action;
    }
    refreshIcons();
}

QAction* Actions::operator[](const char* id) const {
    QAction* action = byId_.value(QLatin1String(id));
    Q_ASSERT_X(action, "Actions", id);
    return action;
}

QList<QAction*> Actions::of(MenuId menu) const {
    QList<QAction*> actions;
    for (const ActionSpec& spec : actionSpecs())
        if (spec.menu == menu && byId_.contains(QLatin1String(spec.id)))
            actions += byId_.value(QLatin1String(spec.id));
    return actions;
}

void Actions::fill(QMenuBar* bar) {
    QHash<int, QMenu*> menus;
    for (const ActionSpec& spec : actionSpecs()) {
        QMenu*& menu = menus[static_cast<int>(spec.menu)];
        if (!menu) {
            menu = bar->addMenu(titleOf(spec.menu));
            menu->setToolTipsVisible(true);
        }
        if (spec.separatorBefore)
            menu->addSeparator();
        if (QMenu* sub = submenu(spec.id))
            menu->addMenu(sub);
        else
            menu->addAction(byId_.value(QLatin1String(spec.id)));
    }
}

void Actions::refreshIcons() {
    for (const ActionSpec& spec : actionSpecs())
        if (QAction* action = byId_.value(QLatin1String(spec.id)); action && *spec.icon)
            action->setIcon(themedIcon(QLatin1String(spec.icon)));
}

}  // namespace discern
