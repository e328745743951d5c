#pragma once

#include <QAction>
#include <QHash>
#include <QObject>
#include <vector>

class QMenu;
class QMenuBar;
class QToolBar;
class QUndoStack;

namespace discern {

enum class MenuId { File, Edit, Image, Model, Explain, Measure, View, Help };

/// An action as menus, toolbar, shortcut sheet and command palette know it.
struct ActionSpec {
    const char* id;
    MenuId menu;
    const char* text;  ///< with mnemonic
    const char* tip;
    const char* icon = "";      ///< of resources/icons
    const char* shortcut = "";  ///< portable text; several are parted by a space
    bool checkable = false;
    bool separatorBefore = false;
};

/// Every action there is, in the order of the menus. An action is one line here and one connection in a *_commands
/// file.
[[nodiscard]] const std::vector<ActionSpec>& actionSpecs();
[[nodiscard]] QString titleOf(MenuId menu);

/// The window's actions, made from the table.
class Actions : public QObject {
    Q_OBJECT
public:
    /// Those of undo and redo are the stack's own.
    Actions(QWidget* window, QUndoStack& undo);

    /// The action of that id; asking for one that is not in the table is a programming error.
    [[nodiscard]] QAction* operator[](const char* id) const;
    [[nodiscard]] QList<QAction*> all() const { return ordered_; }
    [[nodiscard]] QList<QAction*> of(MenuId menu) const;
    /// In the order of the bar.
    [[nodiscard]] static QList<MenuId> menus();

    /// Makes the menus. Submenus that are filled elsewhere (recent files, docks, zoo) are found by id.
    void fill(QMenuBar* bar);
    [[nodiscard]] QMenu* submenu(const char* id) const { return submenus_.value(QLatin1String(id)); }
    /// Icons take the colours of the current theme.
    void refreshIcons();

private:
    QHash<QString, QAction*> byId_;
    QHash<QString, QMenu*> submenus_;
    QList<QAction*> ordered_;
};

}  // namespace discern
