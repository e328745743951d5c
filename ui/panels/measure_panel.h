#pragma once

#include <QHash>
#include <QWidget>

#include "ui/session/measurements.h"

class QAction;
class QLabel;
class QToolButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace discern {

class ParameterEditor;

/// What to measure: the metrics of trust by family, each with what it tells, what it misses and what it costs; below them
/// the parameters of the one that is selected, and the region that the picture has.
class MeasurePanel : public QWidget {
    Q_OBJECT
public:
    /// `openRegion` asks for a mask file.
    MeasurePanel(Session& session, Measurements& measurements, Regions& regions, QAction* openRegion,
                 QWidget* parent = nullptr);

private:
    void buildList();
    void refresh();
    void refreshParameters();
    void refreshRegion();
    [[nodiscard]] QString selected() const;

    Session& session_;
    Measurements& measurements_;
    Regions& regions_;
    QTreeWidget* list_ = nullptr;
    QHash<QString, QTreeWidgetItem*> items_;
    ParameterEditor* parameters_ = nullptr;
    QLabel* region_ = nullptr;
    QToolButton* removeRegion_ = nullptr;
};

}  // namespace discern
