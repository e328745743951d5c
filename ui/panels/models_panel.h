#pragma once

#include <QWidget>

#include "ui/session/predictions.h"

class QAction;
class QStackedWidget;
class QTableView;

namespace discern {

class ModelTable;

/// The models that are open, what they weigh, and what the selected one saw.
class ModelsPanel : public QWidget {
    Q_OBJECT
public:
    ModelsPanel(Session& session, Predictions& predictions, QWidget* parent = nullptr);

    /// For the panel's context menu, above its own entries.
    void setMenuActions(const QList<QAction*>& actions) { menuActions_ = actions; }
    [[nodiscard]] QVector<int> selected() const;
    void removeSelected();

protected:
    void resizeEvent(QResizeEvent* event) override;

Q_SIGNALS:
    void addRequested();
    void detailsRequested(int model);
    void editCardRequested(int model);

private:
    void buildTable();
    void makeRoomForNames();
    void refresh();
    void showPicked();
    void openMenu(const QPoint& position);
    void move(int by);

    Session& session_;
    ModelTable* model_ = nullptr;
    QTableView* table_ = nullptr;
    QStackedWidget* pages_ = nullptr;
    bool showing_ = false;  ///< the selection follows the session
    QList<QAction*> menuActions_;
};

}  // namespace discern
