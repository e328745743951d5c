#pragma once

#include <QObject>

#include "ui/session/workbench.h"

class QMenu;

namespace discern {

class Actions;

/// The menus of pictures, models and workspaces that were opened lately.
class RecentMenus : public QObject {
    Q_OBJECT
public:
    RecentMenus(Workbench& workbench, Actions& actions, QObject* parent);

private:
    void fillAll();
    void fill(QMenu& menu, const QStringList& paths);

    Workbench& workbench_;
    Actions& actions_;
};

}  // namespace discern
