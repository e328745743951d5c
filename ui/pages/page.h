#pragma once

#include <QObject>
#include <vector>

#include "ui/pages/docks.h"

namespace discern {

/// One way to look at the work: what stands in the middle of the window, and the docks around it.
class Page : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// Given away to the window that shows it.
    [[nodiscard]] virtual QWidget* centre() = 0;
    /// In the order in which the window places them.
    [[nodiscard]] virtual std::vector<DockSpec> docks() = 0;
};

}  // namespace discern
