#pragma once

#include <QObject>
#include <QPointer>

#include "ui/session/model_fetches.h"
#include "ui/session/workbench.h"

namespace discern {

class Actions;
class GetModelsDialog;

/// Gets models of the zoo when a person asks for them.
class ZooCommands : public QObject {
    Q_OBJECT
public:
    ZooCommands(Workbench& workbench, Actions& actions, QWidget* window);

Q_SIGNALS:
    /// A model lies ready; its title.
    void fetched(const QString& title);

private:
    void ask();
    void take(const QString& name);

    Workbench& workbench_;
    QWidget* window_;
    ModelFetches fetches_;
    QPointer<GetModelsDialog> dialog_;
    bool adds_ = true;  ///< as was asked when the dialog was last open
};

}  // namespace discern
