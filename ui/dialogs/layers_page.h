#pragma once

#include <QWidget>

#include "core/model/model.h"

class QLabel;
class QLineEdit;
class QPushButton;
class QSortFilterProxyModel;
class QTreeView;

namespace discern {

class LayerCostChart;
class LayerTree;

/// A model's layers as a tree that is searched by typing, with a chart of where the cost is that follows the selection.
class LayersPage : public QWidget {
    Q_OBJECT
public:
    /// `used`: the layer that methods look at, or "last"; empty where it cannot be chosen. `marker`: the model's colour.
    LayersPage(std::shared_ptr<const Model> model, const QString& used, int marker, QWidget* parent = nullptr);

    /// The keyboard goes to the search field.
    void search();

Q_SIGNALS:
    /// Methods that use a layer are to look at this one.
    void layerChosen(const QString& layer);
    void saveTableRequested(const QString& csv, const QString& proposal);

private:
    void buildTree();
    [[nodiscard]] QWidget* buildButtons(bool choosable);
    void filter(const QString& text);
    void fitColumns();
    void follow();
    void pickPart(int part);
    void useCurrent();
    void copySelected() const;
    [[nodiscard]] QModelIndex currentSource() const;

    std::shared_ptr<const Model> model_;
    LayerTree* layers_ = nullptr;
    QSortFilterProxyModel* proxy_ = nullptr;
    QLineEdit* field_ = nullptr;
    QLabel* found_ = nullptr;
    QTreeView* tree_ = nullptr;
    LayerCostChart* chart_ = nullptr;
    QPushButton* use_ = nullptr;
};

}  // namespace discern
