#pragma once

#include <QObject>

#include "ui/session/workbench.h"

class QLabel;
class QStatusBar;

namespace discern {

struct ProbeInfo;

/// Left: what lies under the pointer. Right: jobs and their share done, device and threads.
class StatusLine : public QObject {
    Q_OBJECT
public:
    StatusLine(Workbench& workbench, QStatusBar* bar);

    void showProbe(const ProbeInfo& probe);

private:
    void refreshJobs();
    void refreshDevice();

    Workbench& workbench_;
    QLabel* probe_ = nullptr;
    QLabel* jobs_ = nullptr;
    QLabel* device_ = nullptr;
};

}  // namespace discern
