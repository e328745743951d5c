#pragma once

#include <QObject>

#include "ui/session/workbench.h"

class QMainWindow;

namespace discern {

class Actions;
class Docks;
class GridView;

/// Explaining, moving among pictures, undo, zoom, panels, theme and help.
class ViewCommands : public QObject {
    Q_OBJECT
public:
    struct Parts {
        Workbench& workbench;
        Actions& actions;
        GridView& grid;
        Docks& docks;
    };
    ViewCommands(const Parts& parts, QMainWindow* window);

    /// Applies and remembers it.
    void setTheme(ThemeMode mode);

Q_SIGNALS:
    void searchRequested();
    void targetRequested();
    void detailsRequested();
    void settingsRequested();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void connectWork();
    void connectView();
    void keepZoom();
    void connectHelp();
    void fillMenus();
    void refresh();
    void step(int by);
    void setFullScreen(bool full);
    void putDocksBack();

    /// The docks as they stood before the whole screen was used.
    struct Before {
        QSize size;
        QByteArray docks;
        QStringList shown;
    };
    [[nodiscard]] QStringList shownDocks() const;

    Parts parts_;
    Before before_;
    QMainWindow* window_;
};

}  // namespace discern
