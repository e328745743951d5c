#pragma once

#include <QObject>
#include <QTimer>

#include "ui/session/workbench.h"

class QMainWindow;

namespace discern {

/// Waits until everything that was asked for is finished, saves the window as it then stands and leaves the event loop
/// with the exit code of the first thing that failed, or 0.
class Screenshot : public QObject {
    Q_OBJECT
public:
    Screenshot(Workbench& workbench, QMainWindow& window, const QString& path);

private:
    void look();
    void finish();
    [[nodiscard]] int exitCode() const;

    Workbench& workbench_;
    QMainWindow& window_;
    QString path_;
    QTimer timer_;
    int quietLooks_ = 0;
};

}  // namespace discern
