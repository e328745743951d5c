#include "ui/window/page_switch.h"

#include <QActionGroup>
#include <QDockWidget>
#include <QMenu>
#include <QToolBar>
#include <QToolButton>

#include "ui/actions/actions.h"
#include "ui/choose/choice.h"
#include "ui/pages/choose_page.h"

namespace discern {

PageSwitch::PageSwitch(const Parts& parts, QMainWindow* window) : QObject(window), parts_(parts), window_(window) {
    auto* pages = new QActionGroup(this);
    for (const char* id : {"page-compare", "page-choose"}) pages->addAction(parts_.actions[id]);
    parts_.actions["page-compare"]->setChecked(true);
    connect(parts_.actions["page-compare"], &QAction::triggered, this, [this] { show(false); });
    connect(parts_.actions["page-choose"], &QAction::triggered, this, [this] { show(true); });
    connect(parts_.actions["pin-baseline"], &QAction::triggered, this, [this] {
        parts_.choose.togglePinned();
        refreshPin();
    });
    connect(&parts_.choose.choice(), &Choice::selectionChanged, this, &PageSwitch::refreshPin);
    connect(&parts_.choose.choice(), &Choice::pinnedChanged, this, &PageSwitch::refreshPin);
    connect(&parts_.choose.choice(), &Choice::boardChanged, this, &PageSwitch::refreshPin);
    refreshPin();
}

void PageSwitch::refreshPin() {
    const Choice& choice = parts_.choose.choice();
    parts_.actions["pin-baseline"]->setEnabled(choosing_ && (choice.selected() >= 0 || choice.pinned() >= 0));
    parts_.actions["pin-baseline"]->setChecked(choice.pinned() >= 0 &&
                                               (choice.pinned() == choice.selected() || choice.selected() < 0));
}

void PageSwitch::placeToolBars(QToolBar* compare) {
    auto* pages = new QToolBar(tr("Pages"), window_);
    pages->setObjectName(QStringLiteral("pages"));
    pages->setMovable(false);
    for (const auto& [id, text] : {std::pair("page-compare", tr("Compare")), std::pair("page-choose", tr("Choose"))}) {
        QAction* action = parts_.actions[id];
        pages->addAction(action);
        auto* button = qobject_cast<QToolButton*>(pages->widgetForAction(action));
        button->setText(text);
        connect(action, &QAction::changed, button, [button, words = text] { button->setText(words); });
        button->setFocusPolicy(Qt::TabFocus);
    }
    compareBar_ = compare;
    chooseBar_ = chooseBar();
    window_->addToolBar(pages);
    window_->addToolBar(compareBar_);
    window_->addToolBar(chooseBar_);
    chooseBar_->hide();
}

QToolBar* PageSwitch::chooseBar() {
    auto* bar = new QToolBar(tr("Choose toolbar"), window_);
    bar->setObjectName(QStringLiteral("choose-toolbar"));
    bar->setMovable(false);
    bar->setIconSize({14, 14});
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    const auto add = [&](const char* id, const QString& text) {
        QAction* action = parts_.actions[id];
        bar->addAction(action);
        auto* button = qobject_cast<QToolButton*>(bar->widgetForAction(action));
        button->setText(text);
        connect(action, &QAction::changed, button, [button, text] { button->setText(text); });
        button->setFocusPolicy(Qt::TabFocus);
    };
    add("evaluate-folder", tr("Evaluate folder"));
    add("pin-baseline", tr("Pin as baseline"));
    auto* gap = new QWidget;
    gap->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(gap);
    add("search", tr("Search  Ctrl+K"));
    return bar;
}

QByteArray PageSwitch::layout() const { return choosing_ ? layout_ : window_->saveState(parts_.layoutVersion); }

bool PageSwitch::restore(const QByteArray& layout, bool choose) {
    const QSignalBlocker quiet(this);
    show(false);
    const bool restored = window_->restoreState(layout, parts_.layoutVersion);
    show(choose);
    return restored;
}

void PageSwitch::show(bool choose) {
    parts_.actions[choose ? "page-choose" : "page-compare"]->setChecked(true);
    if (choose == choosing_) return;
    if (choose) layout_ = window_->saveState(parts_.layoutVersion);
    choosing_ = choose;
    parts_.centres.setCurrentIndex(choose ? 1 : 0);
    // Else the keyboard stays with what is hidden now, and then with a button of the tool bar.
    parts_.centres.currentWidget()->setFocus(Qt::OtherFocusReason);
    if (choose) {
        for (QDockWidget* dock : window_->findChildren<QDockWidget*>(QString(), Qt::FindDirectChildrenOnly))
            dock->hide();
    } else {
        window_->restoreState(layout_, parts_.layoutVersion);
    }
    compareBar_->setVisible(!choose);
    chooseBar_->setVisible(choose);
    parts_.actions["reset-layout"]->setEnabled(!choose);
    if (QMenu* panels = parts_.actions.submenu("panels/")) panels->menuAction()->setEnabled(!choose);
    refreshPin();
    Q_EMIT changed();
}

}  // namespace discern
