#include "ui/pages/docks.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QResizeEvent>
#include <QToolButton>
#include <limits>

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
    window_.installEventFilter(this);
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

QList<QAction*> Docks::commands(QObject* parent) {
    QList<QAction*> commands;
    for (const DockSpec& spec : specs_) {
        QDockWidget* dock = docks_[spec.name];
        const bool inSight = dock->isVisible() && !dock->visibleRegion().isEmpty();
        auto* action = new QAction(inSight ? tr("Hide panel: %1").arg(spec.title) : tr("Show panel: %1").arg(spec.title), parent);
        connect(action, &QAction::triggered, this, [this, name = spec.name, inSight] {
            if (inSight)
                docks_[name]->close();
            else
                raise(name);
        });
        commands += action;
    }
    return commands;
}

int Docks::ownPlaces(int windowHeight) {
    return windowHeight < kLowWindow ? 1 : windowHeight < kTallWindow ? 2 : std::numeric_limits<int>::max();
}

QList<QDockWidget*> Docks::on(Qt::DockWidgetArea area) const {
    QList<QDockWidget*> docks;
    for (const DockSpec& spec : specs_)
        if (spec.area == area)
            docks += docks_[spec.name];
    return docks;
}

bool Docks::rightIsArranged(int ownPlaces) const {
    const QList<QDockWidget*> right = on(Qt::RightDockWidgetArea);
    for (int i = 0; i < right.size(); ++i) {
        if (right[i]->isHidden() || right[i]->isFloating() || window_.dockWidgetArea(right[i]) != Qt::RightDockWidgetArea)
            return false;
        const qsizetype others = i < ownPlaces ? 0 : right.size() - ownPlaces - 1;
        if (window_.tabifiedDockWidgets(right[i]).size() != others)
            return false;
    }
    return true;
}

void Docks::arrangeRight(int ownPlaces, bool keepFront) {
    const QList<QDockWidget*> right = on(Qt::RightDockWidgetArea);
    QDockWidget* front = nullptr;
    for (QDockWidget* dock : right)
        if (keepFront && !window_.tabifiedDockWidgets(dock).isEmpty() && !dock->visibleRegion().isEmpty())
            front = dock;
    QList<QDockWidget*> upright;
    QList<int> heights;
    for (int i = 0; i < right.size(); ++i) {
        window_.removeDockWidget(right[i]);
        window_.addDockWidget(Qt::RightDockWidgetArea, right[i]);
        if (i > ownPlaces) {
            window_.tabifyDockWidget(right[ownPlaces], right[i]);
        } else {
            if (i > 0)
                window_.splitDockWidget(right[i - 1], right[i], Qt::Vertical);
            upright += right[i];
        }
        right[i]->show();
    }
    if (ownPlaces < right.size())
        (front && right.indexOf(front) >= ownPlaces ? front : right[ownPlaces])->raise();
    for (const QDockWidget* dock : upright)
        for (const DockSpec& spec : specs_)
            if (docks_[spec.name] == dock)
                heights += spec.height;
    window_.resizeDocks(upright, heights, Qt::Vertical);
    window_.resizeDocks({right.first()}, {kRightWidth}, Qt::Horizontal);
}

bool Docks::eventFilter(QObject* watched, QEvent* event) {
    if (watched == &window_ && event->type() == QEvent::Resize) {
        const int before = ownPlaces(static_cast<QResizeEvent*>(event)->oldSize().height());
        const int now = ownPlaces(static_cast<QResizeEvent*>(event)->size().height());
        if (static_cast<QResizeEvent*>(event)->oldSize().isValid() && before != now && rightIsArranged(before))
            arrangeRight(now, now > before);
    }
    return QObject::eventFilter(watched, event);
}

void Docks::reset() {
    QDockWidget* above = nullptr;
    QList<QDockWidget*> left = on(Qt::LeftDockWidgetArea);
    QList<int> heights;
    for (QDockWidget* dock : left) {
        putBack(dock, Qt::LeftDockWidgetArea);
        if (above)
            window_.splitDockWidget(above, dock, Qt::Vertical);
        above = dock;
    }
    for (const DockSpec& spec : specs_)
        if (spec.area == Qt::LeftDockWidgetArea)
            heights += spec.height;
    for (QDockWidget* dock : on(Qt::RightDockWidgetArea))
        putBack(dock, Qt::RightDockWidgetArea);
    arrangeRight(ownPlaces(window_.height()), false);
    const QList<QDockWidget*> bottom = on(Qt::BottomDockWidgetArea);
    // Never beside each other, not even for a moment: the window would grow to hold them all, and stay so.
    for (QDockWidget* dock : bottom) {
        dock->setFloating(false);
        window_.removeDockWidget(dock);
    }
    for (QDockWidget* dock : bottom) {
        if (dock == bottom.first())
            window_.addDockWidget(Qt::BottomDockWidgetArea, dock);
        else
            window_.tabifyDockWidget(bottom.first(), dock);
        dock->show();
    }
    bottom.first()->raise();
    window_.resizeDocks(left, heights, Qt::Vertical);
    window_.resizeDocks({left.first()}, {kLeftWidth}, Qt::Horizontal);
    const bool low = window_.height() < kLowWindow;
    window_.resizeDocks({bottom.first()}, {low ? kLowBottomHeight : kBottomHeight}, Qt::Vertical);
}

void Docks::putBack(QDockWidget* dock, Qt::DockWidgetArea area) {
    dock->setFloating(false);
    window_.removeDockWidget(dock);
    window_.addDockWidget(area, dock);
    dock->show();
}

}  // namespace discern
