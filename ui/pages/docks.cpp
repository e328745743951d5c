#include "ui/pages/docks.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

#include "ui/panels/panel_parts.h"
#include "ui/theme/theme.h"

namespace discern {

namespace {

/// Section head with the panel's few actions; also what the dock is dragged by.
class DockTitle : public QWidget {
public:
    DockTitle(const DockSpec& spec, QDockWidget* dock) : QWidget(dock) {
        setProperty("ground", QStringLiteral("panel"));
        setAttribute(Qt::WA_StyledBackground);
        auto* row = new QHBoxLayout(this);
        row->setContentsMargins(10, 6, 6, 2);
        row->setSpacing(2);
        QLabel* title = makeLabel(spec.title.toUpper(), "section");
        title->setFont(sectionFont());
        title->setAttribute(Qt::WA_TransparentForMouseEvents);
        row->addWidget(title, 1);
        for (QAction* action : spec.actions) {
            auto* button = new QToolButton;
            button->setDefaultAction(action);
            button->setToolButtonStyle(Qt::ToolButtonIconOnly);
            button->setIconSize({14, 14});
            button->setAutoRaise(true);
            button->setAccessibleName(action->toolTip());
            row->addWidget(button);
        }
        setMinimumHeight(26);
    }
};

}  // namespace

Docks::Docks(QMainWindow& window, std::vector<DockSpec> specs) : QObject(&window), window_(window), specs_(std::move(specs)) {
    window_.setDockNestingEnabled(true);
    window_.setDockOptions(QMainWindow::AllowNestedDocks | QMainWindow::AllowTabbedDocks | QMainWindow::AnimatedDocks);
    window_.setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    // The settings need the window's whole height; charts do well with less width.
    window_.setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    for (const DockSpec& spec : specs_) {
        auto* dock = new QDockWidget(spec.title, &window_);
        dock->setObjectName(spec.name);
        dock->setAccessibleName(spec.title);
        dock->setWidget(spec.panel);
        if (spec.area == Qt::BottomDockWidgetArea)
            dock->setTitleBarWidget(new QWidget(dock));  // its tab is its title
        else
            dock->setTitleBarWidget(new DockTitle(spec, dock));
        docks_.insert(spec.name, dock);
    }
    reset();
}

QDockWidget* Docks::operator[](const QString& name) const { return docks_.value(name); }

QList<QAction*> Docks::toggleActions() const {
    QList<QAction*> actions;
    for (const DockSpec& spec : specs_)
        actions += docks_[spec.name]->toggleViewAction();
    return actions;
}

void Docks::raise(const QString& name) {
    docks_[name]->show();
    docks_[name]->raise();
}

void Docks::reset() {
    const bool low = window_.height() < kLowWindow;
    QHash<int, QDockWidget*> last;
    QList<QDockWidget*> upright;
    QList<int> heights;
    QDockWidget* firstShared = nullptr;
    for (const DockSpec& spec : specs_) {
        QDockWidget* dock = docks_[spec.name];
        dock->setFloating(false);
        window_.removeDockWidget(dock);
        window_.addDockWidget(spec.area, dock);
        QDockWidget*& before = last[spec.area];
        const bool bottom = spec.area == Qt::BottomDockWidgetArea;
        const bool shares = before && (bottom || (low && spec.area == Qt::RightDockWidgetArea && firstShared));
        if (shares)
            window_.tabifyDockWidget(before, dock);
        else if (before)
            window_.splitDockWidget(before, dock, Qt::Vertical);
        if (!bottom && !shares) {
            upright += dock;
            heights += spec.height;
        }
        if (before && spec.area == Qt::RightDockWidgetArea && !firstShared)
            firstShared = dock;
        before = dock;
        dock->show();
    }
    for (const DockSpec& spec : specs_)
        if (spec.area == Qt::BottomDockWidgetArea) {
            docks_[spec.name]->raise();
            break;
        }
    if (low && firstShared)
        firstShared->raise();
    window_.resizeDocks(upright, heights, Qt::Vertical);
    for (const DockSpec& spec : specs_) {
        const int width = spec.area == Qt::LeftDockWidgetArea ? kLeftWidth : kRightWidth;
        if (spec.area != Qt::BottomDockWidgetArea)
            window_.resizeDocks({docks_[spec.name]}, {width}, Qt::Horizontal);
        else
            window_.resizeDocks({docks_[spec.name]}, {low ? kLowBottomHeight : kBottomHeight}, Qt::Vertical);
    }
}

}  // namespace discern
