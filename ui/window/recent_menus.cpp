#include "ui/window/recent_menus.h"

#include <QFileInfo>
#include <QMenu>

#include "ui/actions/actions.h"

namespace discern {

RecentMenus::RecentMenus(Workbench& workbench, Actions& actions, QObject* parent)
    : QObject(parent), workbench_(workbench), actions_(actions) {
    connect(&workbench_.settings, &Settings::recentsChanged, this, &RecentMenus::fillAll);
    fillAll();
}

void RecentMenus::fillAll() {
    fill(*actions_.submenu("recent/"), workbench_.settings.recentPictures());
    fill(*actions_.submenu("recent-models/"), workbench_.settings.recentModels());
    fill(*actions_.submenu("recent-workspaces/"), workbench_.settings.recentWorkspaces());
}

void RecentMenus::fill(QMenu& menu, const QStringList& paths) {
    menu.clear();
    menu.setToolTipsVisible(true);
    for (const QString& path : paths)
        menu.addAction(QFileInfo(path).fileName(), this, [this, path] { workbench_.open({path}); })->setToolTip(path);
    menu.addSeparator();
    menu.addAction(tr("Clear lists"), this, [this] { workbench_.settings.clearRecents(); });
    menu.setEnabled(!paths.isEmpty());
}

}  // namespace discern
