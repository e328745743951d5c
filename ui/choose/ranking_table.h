#pragma once

#include <QTableView>

#include "ui/choose/ranking_model.h"

namespace discern {

/// The ranking: sorted by a click on a head, a model selected by a click on its row, pinned from its menu or by P.
class RankingTable : public QTableView {
    Q_OBJECT
public:
    explicit RankingTable(Choice& choice, QWidget* parent = nullptr);

    [[nodiscard]] const RankingModel& ranking() const { return model_; }
    /// In which all rows are seen, up to some.
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void rebuild();
    void fitColumns();
    void showSelection();
    void togglePin(int model);

    Choice& choice_;
    RankingModel model_;
    bool showing_ = false;  ///< the selection is told to the table, not by it
};

}  // namespace discern
