#pragma once

#include <QObject>

#include "ui/session/workbench.h"

class QWidget;

namespace discern {

class Actions;

/// Measuring what is shown, and opening a region onto the picture.
class MeasureCommands : public QObject {
    Q_OBJECT
public:
    MeasureCommands(Workbench& workbench, Actions& actions, QWidget* window);

private:
    void openRegion();
    void refresh();

    Workbench& workbench_;
    Actions& actions_;
    QWidget* window_;
};

}  // namespace discern
