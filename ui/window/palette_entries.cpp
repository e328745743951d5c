#include "ui/window/palette_entries.h"

#include <QMenu>

#include "ui/actions/actions.h"
#include "ui/charts/chart.h"
#include "ui/pages/docks.h"
#include "ui/panels/charts_panel.h"

namespace discern {

namespace {

/// An entry that does what the submenu's action does, called after both.
QAction* entryOf(const QMenu& menu, QAction* action, QObject* owner) {
    const QString title = menu.title().remove(QLatin1Char('&'));
    auto* entry = new QAction(QStringLiteral("%1: %2").arg(title, action->text().remove(QLatin1Char('&'))), owner);
    entry->setStatusTip(action->toolTip());
    entry->setEnabled(action->isEnabled());
    entry->setCheckable(action->isCheckable());
    entry->setChecked(action->isChecked());
    QObject::connect(entry, &QAction::triggered, action, &QAction::trigger);
    return entry;
}

}  // namespace

QList<QAction*> paletteEntries(const Actions& actions, Docks& docks, const ChartsPanel& charts, QObject* owner) {
    QList<QAction*> entries = actions.all();
    for (const ActionSpec& spec : actionSpecs()) {
        QMenu* menu = actions.submenu(spec.id);
        // Panels have entries of their own, which also bring them before others.
        if (!menu || qstrcmp(spec.id, "panels/") == 0)
            continue;
        Q_EMIT menu->aboutToShow();  // some are filled only then
        for (QAction* action : menu->actions())
            if (!action->isSeparator())
                entries += entryOf(*menu, action, owner);
    }
    entries += docks.commands(owner);
    const QList<Chart*> all = charts.charts();
    for (int i = 0; i < all.size(); ++i) {
        auto* entry = new QAction(Docks::tr("Show chart: %1").arg(ChartsPanel::titleOf(i)), owner);
        entry->setStatusTip(all[i]->accessibleName());
        QObject::connect(entry, &QAction::triggered, all[i], [&docks, chart = all[i]] {
            docks.raise(QStringLiteral("charts"));
            chart->setFocus(Qt::ShortcutFocusReason);
        });
        entries += entry;
    }
    return entries;
}

}  // namespace discern
