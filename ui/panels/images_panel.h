#pragma once

#include <QStackedWidget>

#include "ui/session/explanations.h"

class QAction;
class QListView;

namespace discern {

class ImageList;

/// The pictures that are open; the selected one is the one compared.
class ImagesPanel : public QStackedWidget {
    Q_OBJECT
public:
    ImagesPanel(Session& session, Explanations& explanations, QWidget* parent = nullptr);

    /// Shown in the empty state as a link; empty: no link.
    void setSampleAvailable(bool available);
    /// For the panel's context menu, above its own entries.
    void setMenuActions(const QList<QAction*>& actions) { menuActions_ = actions; }
    [[nodiscard]] QVector<int> selected() const;
    void removeSelected();

Q_SIGNALS:
    void openRequested();
    void sampleRequested();

private:
    void refreshSelection();
    void openMenu(const QPoint& position);
    void move(int by);

    Session& session_;
    ImageList* model_ = nullptr;
    QListView* list_ = nullptr;
    QWidget* sample_ = nullptr;
    QList<QAction*> menuActions_;
};

}  // namespace discern
