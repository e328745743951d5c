#pragma once

#include <QAbstractItemModel>
#include <deque>
#include <vector>

#include "core/model/model.h"

namespace discern {

/// A model's operators as the tree of their modules, with what each costs; a module costs what all in it do.
class LayerTree : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Column { Name, Operator, Shape, Parameters, Macs, Share, ColumnCount };
    enum Role {
        SortRole = Qt::UserRole,  ///< a number; the first column's is the order of computation
        SearchRole,               ///< whole name, operator and shape in one text
        PathRole,                 ///< the whole name of a layer, or the path of a module
        MacsRole,                 ///< a number
        TapRole                   ///< whether a method can use this layer: it has a spatial grid
    };

    explicit LayerTree(std::shared_ptr<const Model> model, QObject* parent = nullptr);

    /// The layer that methods use is marked.
    void setUsed(const QString& layer);
    /// Layers alone, one a line, in the order of computation, figures without grouping.
    [[nodiscard]] QString csv() const;
    /// How many operators it holds.
    [[nodiscard]] int operatorCount() const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& index) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Node {
        QString name;  ///< within its module
        QString path;
        Node* parent = nullptr;
        int row = 0;
        int order = 0;  ///< of its first operator
        std::vector<Node*> children{};
        const OperatorCost* cost = nullptr;  ///< null for modules
        bool tappable = false;
        std::int64_t parameters = 0;
        std::int64_t macs = 0;
    };

    void insert(const OperatorCost& cost, int order, const LayerInfo* layer);
    /// A module of one operator becomes that operator's row.
    void joinLonely(Node& node);
    Node* childOf(Node& module, const QString& name);
    [[nodiscard]] const Node& nodeOf(const QModelIndex& index) const;
    [[nodiscard]] QString text(const Node& node, int column) const;
    [[nodiscard]] double share(const Node& node) const;

    std::shared_ptr<const Model> model_;
    std::deque<Node> nodes_;  ///< the first is the root; addresses stay
    QString used_;
};

}  // namespace discern
