#include "ui/window/tool_bar.h"

#include <QAction>
#include <QToolButton>

#include "ui/actions/actions.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"

namespace discern {

ToolBar::ToolBar(Actions& actions, QWidget* parent) : QToolBar(tr("Toolbar"), parent) {
    setObjectName(QStringLiteral("toolbar"));
    setIconSize({14, 14});
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    const auto add = [&](const char* id, const QString& text) {
        QAction* action = actions[id];
        addAction(action);
        auto* button = qobject_cast<QToolButton*>(widgetForAction(action));
        // The menu's words may be longer, and change with what they act on.
        button->setText(text);
        connect(action, &QAction::changed, button, [button, text] { button->setText(text); });
        button->setFocusPolicy(Qt::TabFocus);
        return button;
    };
    add("open", tr("Open images"));
    QToolButton* model = add("add-model", tr("Add model"));
    model->setPopupMode(QToolButton::MenuButtonPopup);
    model->setMenu(actions.submenu("zoo/"));
    addSeparator();
    QToolButton* explain = add("explain", tr("Explain"));
    explain->setProperty("primary", true);
    const auto drawOnAccent = [explain] {
        explain->setIcon(themedIcon(QStringLiteral("explain"), currentColours().accentText));
    };
    connect(explain->defaultAction(), &QAction::changed, explain, drawOnAccent);
    drawOnAccent();
    add("measure", tr("Measure"));
    add("cancel-all", tr("Cancel all"));
    addSeparator();
    add("link", tr("Link views"));
    add("swipe", tr("Swipe"));
    add("difference", tr("Difference"));
    auto* gap = new QWidget;
    gap->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    addWidget(gap);
    add("search", tr("Search  Ctrl+K"));
    auto* exports = new QToolButton;
    exports->setText(tr("Export"));
    exports->setIcon(themedIcon(QStringLiteral("export")));
    exports->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    exports->setToolTip(tr("Save what is shown"));
    exports->setPopupMode(QToolButton::InstantPopup);
    exports->setFocusPolicy(Qt::TabFocus);
    exports->addActions({actions["export-overlay"], actions["export-comparison"],
                         actions["export-array"], actions["export-report"], actions["export-table"],
                         actions["export-chart"]});
    addWidget(exports);
    setMovable(false);
}

}  // namespace discern
