#pragma once

#include <QDialog>

namespace discern {

class Actions;

/// All shortcuts, made from the table of actions.
class ShortcutSheet : public QDialog {
    Q_OBJECT
public:
    ShortcutSheet(const Actions& actions, QWidget* parent);
};

}  // namespace discern
