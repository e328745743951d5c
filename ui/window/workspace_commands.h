#pragma once

#include <QObject>

#include "ui/session/workbench.h"

class QMessageBox;
class QWidget;

namespace discern {

class Actions;

/// New, open and save workspace; the window's title; asking for files that have moved.
class WorkspaceCommands : public QObject {
    Q_OBJECT
public:
    WorkspaceCommands(Workbench& workbench, Actions& actions, QWidget* window);

Q_SIGNALS:
    /// All that was missing is there again, in words.
    void foundAgain(const QString& words);

private:
    void beginAnew();
    void open();
    void saveAs();
    void showName();
    void askForMissing();
    void tellFound(int found, int left);

    Workbench& workbench_;
    QWidget* window_;
};

}  // namespace discern
