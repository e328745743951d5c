#pragma once

#include <QObject>

#include "ui/session/workbench.h"

class QWidget;

namespace discern {

class Actions;

/// Opening and pasting pictures, adding models.
class OpenCommands : public QObject {
    Q_OBJECT
public:
    OpenCommands(Workbench& workbench, Actions& actions, QWidget* window);

    void openImages();
    void addModel();
    /// The sample photographs in the data folder; empty where there are none.
    [[nodiscard]] static QStringList samples();
    void openSample();

private:
    void openFolder();
    void paste();

    Workbench& workbench_;
    QWidget* window_;
};

}  // namespace discern
