#include "ui/actions/actions.h"

#include <QMenu>
#include <QMenuBar>
#include <QUndoStack>
#include <string_view>

#include "ui/theme/icon.h"

namespace discern {

const std::vector<ActionSpec>& actionSpecs() {
    using M = MenuId;
    // An id that ends in "/" is a submenu.
    static const std::vector<ActionSpec> specs = {
        {"open", M::File, QT_TRANSLATE_NOOP("discern::Actions", "&Open images…"),
         QT_TRANSLATE_NOOP("discern::Actions", "Open photographs: PNG, JPEG, TIFF, BMP, WebP"), "open", "Ctrl+O"},
        {"open-folder", M::File, QT_TRANSLATE_NOOP("discern::Actions", "Open &folder…"),
         QT_TRANSLATE_NOOP("discern::Actions", "Open all images of a folder"), "folder", "Ctrl+Shift+O"},
        {"open-sample", M::File, QT_TRANSLATE_NOOP("discern::Actions", "Open a &sample"),
         QT_TRANSLATE_NOOP("discern::Actions", "Open the sample photographs"), "image"},
        {"recent/", M::File, QT_TRANSLATE_NOOP("discern::Actions", "Open &recent"), ""},
        {"new-workspace", M::File, QT_TRANSLATE_NOOP("discern::Actions", "&New workspace"),
         QT_TRANSLATE_NOOP("discern::Actions", "Begin without images, models and results; how methods and panels are set stays"), "", "Ctrl+N",
         false, true},
        {"open-workspace", M::File, QT_TRANSLATE_NOOP("discern::Actions", "Open &workspace…"),
         QT_TRANSLATE_NOOP("discern::Actions", "Go on with a file NAME.discern: images, models, settings, results and the window as they were left"), "",
         "Ctrl+Alt+O"},
        {"recent-workspaces/", M::File, QT_TRANSLATE_NOOP("discern::Actions", "Recent wor&kspaces"), ""},
        {"save-workspace-as", M::File, QT_TRANSLATE_NOOP("discern::Actions", "&Save workspace as…"),
         QT_TRANSLATE_NOOP("discern::Actions", "Keep this work in a file NAME.discern from now on; it is saved as you work"), "", "Ctrl+Shift+S"},
        {"export-overlay", M::File, QT_TRANSLATE_NOOP("discern::Actions", "&Export overlay…"),
         QT_TRANSLATE_NOOP("discern::Actions", "Save the selected cell as PNG at the image's own resolution, with legend and caption"),
         "export", "Ctrl+E", false, true},
        {"export-comparison", M::File, QT_TRANSLATE_NOOP("discern::Actions", "Export &comparison…"),
         QT_TRANSLATE_NOOP("discern::Actions", "Save the whole grid as PNG, with legends"), "export", "Ctrl+Shift+E"},
        {"export-array", M::File, QT_TRANSLATE_NOOP("discern::Actions", "Export &array…"),
         QT_TRANSLATE_NOOP("discern::Actions", "Save the selected cell's values as a NumPy array (.npy), in pixels of the model's input"), "export"},
        {"export-report", M::File, QT_TRANSLATE_NOOP("discern::Actions", "Export re&port…"),
         QT_TRANSLATE_NOOP("discern::Actions", "Save a folder with all that is explained: report.html, tables, overlays and arrays, as the command line's compare writes them"), "export"},
        {"export-table", M::File, QT_TRANSLATE_NOOP("discern::Actions", "Export &table (CSV)…"),
         QT_TRANSLATE_NOOP("discern::Actions", "Save one line an explanation: model, its figures, image, classes, target, evaluations"), "export"},
        {"export-chart", M::File, QT_TRANSLATE_NOOP("discern::Actions", "Export c&hart…"),
         QT_TRANSLATE_NOOP("discern::Actions", "Save a chart as PNG, PDF or SVG"), "export"},
        {"quit", M::File, QT_TRANSLATE_NOOP("discern::Actions", "&Quit"), QT_TRANSLATE_NOOP("discern::Actions", "Stop all jobs and close the window"),
         "", "Ctrl+Q", false, true},

        {"undo", M::Edit, QT_TRANSLATE_NOOP("discern::Actions", "&Undo"), QT_TRANSLATE_NOOP("discern::Actions", "Take back the latest change"), "",
         "Ctrl+Z"},
        {"redo", M::Edit, QT_TRANSLATE_NOOP("discern::Actions", "&Redo"), QT_TRANSLATE_NOOP("discern::Actions", "Do again what was taken back"), "",
         "Ctrl+Shift+Z Ctrl+Y"},
        {"copy-cell", M::Edit, QT_TRANSLATE_NOOP("discern::Actions", "&Copy cell"),
         QT_TRANSLATE_NOOP("discern::Actions", "Copy the selected cell as an image"), "copy", "Ctrl+C", false, true},
        {"paste", M::Edit, QT_TRANSLATE_NOOP("discern::Actions", "&Paste image"),
         QT_TRANSLATE_NOOP("discern::Actions", "Add the image or the files in the clipboard"), "image", "Ctrl+V"},
        {"settings", M::Edit, QT_TRANSLATE_NOOP("discern::Actions", "&Settings…"),
         QT_TRANSLATE_NOOP("discern::Actions", "Device, precision, seed, what starts by itself, recent files"), "settings", "Ctrl+,",
         false, true},

        {"previous-image", M::Image, QT_TRANSLATE_NOOP("discern::Actions", "&Previous image"),
         QT_TRANSLATE_NOOP("discern::Actions", "Compare on the previous image of the list"), "up", "Alt+Left PgUp"},
        {"next-image", M::Image, QT_TRANSLATE_NOOP("discern::Actions", "&Next image"),
         QT_TRANSLATE_NOOP("discern::Actions", "Compare on the next image of the list"), "down", "Alt+Right PgDown"},
        {"remove-image", M::Image, QT_TRANSLATE_NOOP("discern::Actions", "&Remove image"),
         QT_TRANSLATE_NOOP("discern::Actions", "Take the current image from the list; the file stays"), "remove", "", false, true},

        {"add-model", M::Model, QT_TRANSLATE_NOOP("discern::Actions", "&Add model…"),
         QT_TRANSLATE_NOOP("discern::Actions", "Open a classifier: TorchScript, ONNX or torch.export"), "model", "Ctrl+M"},
        {"zoo/", M::Model, QT_TRANSLATE_NOOP("discern::Actions", "Add from &zoo"), ""},
        {"get-models", M::Model, QT_TRANSLATE_NOOP("discern::Actions", "&Get models…"),
         QT_TRANSLATE_NOOP("discern::Actions", "Fetch models of the zoo: where they come from, on what terms, and which are here")},
        {"recent-models/", M::Model, QT_TRANSLATE_NOOP("discern::Actions", "Add &recent"), ""},
        {"model-details", M::Model, QT_TRANSLATE_NOOP("discern::Actions", "&Details…"),
         QT_TRANSLATE_NOOP("discern::Actions", "Card, layers and size of the selected model"), "info", "Ctrl+I", false, true},
        {"edit-card", M::Model, QT_TRANSLATE_NOOP("discern::Actions", "&Edit card…"),
         QT_TRANSLATE_NOOP("discern::Actions", "State how images enter the selected model, where its card leaves it open or guesses it"), "settings",
         "Ctrl+Shift+I"},
        {"remove-model", M::Model, QT_TRANSLATE_NOOP("discern::Actions", "&Remove model"),
         QT_TRANSLATE_NOOP("discern::Actions", "Take the selected model out of the comparison; the file stays"), "remove"},

        {"explain", M::Explain, QT_TRANSLATE_NOOP("discern::Actions", "&Explain"),
         QT_TRANSLATE_NOOP("discern::Actions", "Explain the current image: every ticked method on every ticked model"), "explain",
         "Ctrl+Return F5"},
        {"explain-all", M::Explain, QT_TRANSLATE_NOOP("discern::Actions", "Explain &all images"),
         QT_TRANSLATE_NOOP("discern::Actions", "The same for every image of the list, after the current one"), "", "Ctrl+Shift+Return"},
        {"target-class", M::Explain, QT_TRANSLATE_NOOP("discern::Actions", "Choose &class"),
         QT_TRANSLATE_NOOP("discern::Actions", "Type the class that all models explain"), "search", "Ctrl+F"},
        {"retry-failed", M::Explain, QT_TRANSLATE_NOOP("discern::Actions", "&Retry failed"),
         QT_TRANSLATE_NOOP("discern::Actions", "Do again what failed or was cancelled"), "retry", "Ctrl+R", false, true},
        {"cancel-all", M::Explain, QT_TRANSLATE_NOOP("discern::Actions", "&Cancel all"),
         QT_TRANSLATE_NOOP("discern::Actions", "Stop every job"), "cancel", "Ctrl+."},

        {"evaluate-folder", M::Measure, QT_TRANSLATE_NOOP("discern::Actions", "&Evaluate folder…"),
         QT_TRANSLATE_NOOP("discern::Actions", "Score the models on a folder of labelled images, a sub-folder a class"), "folder", "Ctrl+Shift+V"},
        {"measure", M::Measure, QT_TRANSLATE_NOOP("discern::Actions", "&Measure"),
         QT_TRANSLATE_NOOP("discern::Actions", "Measure the maps of the current image by everything that is ticked in the Measure panel"),
         "measure", "Ctrl+Shift+M"},
        {"measure-all", M::Measure, QT_TRANSLATE_NOOP("discern::Actions", "Measure &all images"),
         QT_TRANSLATE_NOOP("discern::Actions", "Explain every image of the list, and measure its maps by everything that is ticked"), "",
         "Ctrl+Alt+M"},
        {"open-region", M::Measure, QT_TRANSLATE_NOOP("discern::Actions", "Open &region…"),
         QT_TRANSLATE_NOOP("discern::Actions", "Open a mask onto the image: bright where the evidence is. NAME.mask.png beside an image is found "
                           "by itself"),
         "open", "", false, true},
        {"remove-region", M::Measure, QT_TRANSLATE_NOOP("discern::Actions", "Re&move region"),
         QT_TRANSLATE_NOOP("discern::Actions", "Take the region off the image; the file stays"), "remove"},

        {"page-compare", M::View, QT_TRANSLATE_NOOP("discern::Actions", "&Compare"),
         QT_TRANSLATE_NOOP("discern::Actions", "The page that explains images: a column a model, a row a method"), "", "Ctrl+1", true},
        {"page-choose", M::View, QT_TRANSLATE_NOOP("discern::Actions", "C&hoose"),
         QT_TRANSLATE_NOOP("discern::Actions", "The page that ranks evaluated models by what matters, and says why"), "", "Ctrl+2", true},
        {"pin-baseline", M::View, QT_TRANSLATE_NOOP("discern::Actions", "&Pin as baseline"),
         QT_TRANSLATE_NOOP("discern::Actions", "Show the differences of all models to the selected one in the ranking"), "", "Ctrl+B", true},
        {"zoom-in", M::View, QT_TRANSLATE_NOOP("discern::Actions", "Zoom &in"), QT_TRANSLATE_NOOP("discern::Actions", "Look closer in all linked cells"),
         "", "Ctrl++ Ctrl+=", false, true},
        {"zoom-out", M::View, QT_TRANSLATE_NOOP("discern::Actions", "Zoom &out"), QT_TRANSLATE_NOOP("discern::Actions", "Look from further away"), "",
         "Ctrl+-"},
        {"zoom-fit", M::View, QT_TRANSLATE_NOOP("discern::Actions", "&Fit"), QT_TRANSLATE_NOOP("discern::Actions", "The whole image in every cell"),
         "fit", "Ctrl+0"},
        {"link", M::View, QT_TRANSLATE_NOOP("discern::Actions", "&Link views"),
         QT_TRANSLATE_NOOP("discern::Actions", "All cells zoom and move together"), "link", "Ctrl+L", true},
        {"swipe", M::View, QT_TRANSLATE_NOOP("discern::Actions", "&Swipe"),
         QT_TRANSLATE_NOOP("discern::Actions", "A divider follows the pointer: left of it each cell's own overlay, right of it the selected "
                           "cell's"),
         "swipe", "Ctrl+D", true},
        {"difference", M::View, QT_TRANSLATE_NOOP("discern::Actions", "&Difference"),
         QT_TRANSLATE_NOOP("discern::Actions", "Show the selected cell's model minus the next one, method by method; with one model, its method "
                           "minus the next one"),
         "difference", "Ctrl+Shift+D", true},
        {"hide-overlay", M::View, QT_TRANSLATE_NOOP("discern::Actions", "&Hide overlay"),
         QT_TRANSLATE_NOOP("discern::Actions", "Show the photographs bare; holding H does it for a moment"), "", "Ctrl+H", true},
        {"panels/", M::View, QT_TRANSLATE_NOOP("discern::Actions", "&Panels"), "", "", "", false, true},
        {"reset-layout", M::View, QT_TRANSLATE_NOOP("discern::Actions", "&Reset layout"),
         QT_TRANSLATE_NOOP("discern::Actions", "Put every panel back where it was at first")},
        {"full-screen", M::View, QT_TRANSLATE_NOOP("discern::Actions", "F&ull screen"), QT_TRANSLATE_NOOP("discern::Actions", "Use the whole screen"), "",
         "F11", true},
        {"theme/", M::View, QT_TRANSLATE_NOOP("discern::Actions", "&Theme"), "", "", "", false, true},

        {"search", M::Help, QT_TRANSLATE_NOOP("discern::Actions", "Search &commands…"),
         QT_TRANSLATE_NOOP("discern::Actions", "Find any command by typing"), "search", "Ctrl+K"},
        {"shortcuts", M::Help, QT_TRANSLATE_NOOP("discern::Actions", "Keyboard &shortcuts"),
         QT_TRANSLATE_NOOP("discern::Actions", "All shortcuts on one sheet"), "", "F1 ?"},
        {"methods-explained", M::Help, QT_TRANSLATE_NOOP("discern::Actions", "&Methods explained"),
         QT_TRANSLATE_NOOP("discern::Actions", "What each method tells, what it does not, and its source"), "info"},
        {"about", M::Help, QT_TRANSLATE_NOOP("discern::Actions", "&About Discern"), QT_TRANSLATE_NOOP("discern::Actions", "Version, licence, libraries"),
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
        case MenuId::Measure: return Actions::tr("Mea&sure");
        case MenuId::View: return Actions::tr("&View");
        case MenuId::Help: return Actions::tr("&Help");
    }
    return {};
}

Actions::Actions(QWidget* window, QUndoStack& undo) : QObject(window) {
    const auto make = [&](const ActionSpec& spec) {
        const QString text = tr(spec.text);
        if (spec.id == std::string_view("undo"))
            return undo.createUndoAction(this, text);
        if (spec.id == std::string_view("redo"))
            return undo.createRedoAction(this, text);
        return new QAction(text, this);
    };
    for (const ActionSpec& spec : actionSpecs()) {
        const QString id = QLatin1String(spec.id);
        if (id.endsWith(QLatin1Char('/'))) {
            submenus_.insert(id, new QMenu(tr(spec.text), window));
            continue;
        }
        QAction* action = make(spec);
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

QList<MenuId> Actions::menus() {
    QList<MenuId> menus;
    for (const ActionSpec& spec : actionSpecs())
        if (!menus.contains(spec.menu)) menus += spec.menu;
    return menus;
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
