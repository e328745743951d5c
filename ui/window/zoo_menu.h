#pragma once

#include <QObject>

#include "ui/session/workbench.h"

class QMenu;

namespace discern {

struct ZooModel;

/// The models of the zoo, those that are not fetched with how to get them.
class ZooMenu : public QObject {
    Q_OBJECT
public:
    ZooMenu(Workbench& workbench, QMenu& menu, QObject* parent);

    /// How large it is, and its licence.
    [[nodiscard]] static QString sizeInWords(const ZooModel& model);

private:
    void fill();

    Workbench& workbench_;
    QMenu& menu_;
};

}  // namespace discern
