#pragma once

#include <QAction>
#include <QList>

class QWidget;

namespace discern {

class Actions;
class ChartsPanel;
class Docks;

/// All that the command palette finds: the menus' actions, those of their submenus under the submenu's name, panels and
/// charts to show. What is made for it belongs to `owner`.
[[nodiscard]] QList<QAction*> paletteEntries(const Actions& actions, Docks& docks, const ChartsPanel& charts, QObject* owner);

}  // namespace discern
