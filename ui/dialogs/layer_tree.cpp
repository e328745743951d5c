#include "ui/dialogs/layer_tree.h"

#include <QFont>
#include <unordered_map>

#include "core/text/csv.h"
#include "ui/theme/theme.h"
#include "ui/words/numbers.h"

namespace discern {

namespace {

QString shapeOf(const OperatorCost& cost, const QString& between = QStringLiteral(" × ")) {
    QStringList sides;
    for (const std::int64_t side : cost.shape) sides += QString::number(side);
    return sides.join(between);
}

}  // namespace

LayerTree::LayerTree(std::shared_ptr<const Model> model, QObject* parent) : QAbstractItemModel(parent), model_(std::move(model)) {
    std::unordered_map<std::string, const LayerInfo*> layers;
    for (const LayerInfo& layer : model_->layers()) layers.emplace(layer.name, &layer);
    nodes_.emplace_back();
    int order = 0;
    for (const OperatorCost& cost : model_->complexity().operators) {
        const auto layer = cost.layer ? layers.find(cost.name) : layers.end();
        insert(cost, order++, layer == layers.end() ? nullptr : layer->second);
    }
    joinLonely(nodes_.front());
}

void LayerTree::insert(const OperatorCost& cost, int order, const LayerInfo* layer) {
    QStringList path = QString::fromStdString(cost.name).split(QLatin1Char('.'));
    const QString own = path.takeLast();
    Node* module = &nodes_.front();
    for (const QString& name : path) {
        module = childOf(*module, name);
        if (module->macs == 0 && module->parameters == 0 && module->children.empty()) module->order = order;
        module->macs += cost.macs;
        module->parameters += cost.parameters;
    }
    nodes_.push_back({own, QString::fromStdString(cost.name), module, static_cast<int>(module->children.size()), order});
    Node& node = nodes_.back();
    node.cost = &cost;
    node.tappable = layer && layer->spatial;
    node.parameters = cost.parameters;
    node.macs = cost.macs;
    module->children.push_back(&node);
}

LayerTree::Node* LayerTree::childOf(Node& module, const QString& name) {
    // Operators come in the order in which they are computed, so it is most often the last.
    for (auto child = module.children.rbegin(); child != module.children.rend(); ++child)
        if (!(*child)->cost && (*child)->name == name) return *child;
    const QString path = module.parent ? module.path + QLatin1Char('.') + name : name;
    nodes_.push_back({name, path, &module, static_cast<int>(module.children.size())});
    module.children.push_back(&nodes_.back());
    return &nodes_.back();
}

void LayerTree::joinLonely(Node& node) {
    for (Node*& child : node.children) {
        joinLonely(*child);
        if (child->children.size() != 1 || !child->children.front()->cost) continue;
        Node* only = child->children.front();
        only->name = child->name + QLatin1Char('.') + only->name;
        only->parent = &node;
        only->row = child->row;
        child = only;
    }
}

void LayerTree::setUsed(const QString& layer) {
    used_ = layer == QStringLiteral("last") && model_->findLayer("last") ? QString::fromStdString(model_->layer("last").name) : layer;
    // Marks are few; who shows the tree draws what is in sight.
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1), {Qt::FontRole, Qt::ToolTipRole});
}

int LayerTree::operatorCount() const { return static_cast<int>(model_->complexity().operators.size()); }

QString LayerTree::csv() const {
    std::string text = csvLine({"layer", "operator", "shape", "parameters", "macs", "share"});
    const auto all = static_cast<double>(model_->complexity().macs);
    for (const OperatorCost& cost : model_->complexity().operators) {
        const double part = all > 0 ? static_cast<double>(cost.macs) / all : 0.0;
        text += csvLine({cost.name, cost.op, shapeOf(cost, QStringLiteral("x")).toStdString(), QString::number(cost.parameters).toStdString(),
                         QString::number(cost.macs).toStdString(), QString::number(part, 'g', 6).toStdString()});
    }
    return QString::fromStdString(text);
}

const LayerTree::Node& LayerTree::nodeOf(const QModelIndex& index) const {
    return index.isValid() ? *static_cast<const Node*>(index.internalPointer()) : nodes_.front();
}

QModelIndex LayerTree::index(int row, int column, const QModelIndex& parent) const {
    const Node& node = nodeOf(parent);
    if (row < 0 || row >= std::ssize(node.children) || column < 0 || column >= ColumnCount) return {};
    return createIndex(row, column, node.children[static_cast<std::size_t>(row)]);
}

QModelIndex LayerTree::parent(const QModelIndex& index) const {
    const Node* parent = index.isValid() ? nodeOf(index).parent : nullptr;
    return parent && parent->parent ? createIndex(parent->row, 0, parent) : QModelIndex();
}

int LayerTree::rowCount(const QModelIndex& parent) const {
    return parent.column() > 0 ? 0 : static_cast<int>(nodeOf(parent).children.size());
}

int LayerTree::columnCount(const QModelIndex& /*parent*/) const { return ColumnCount; }

double LayerTree::share(const Node& node) const {
    const auto all = static_cast<double>(model_->complexity().macs);
    return all > 0 ? static_cast<double>(node.macs) / all : 0.0;
}

QString LayerTree::text(const Node& node, int column) const {
    switch (column) {
        case Name: return node.name;
        case Operator: return node.cost ? QString::fromStdString(node.cost->op) : QString();
        case Shape: return node.cost ? shapeOf(*node.cost) : QString();
        case Parameters: return node.parameters > 0 ? groupedNumber(node.parameters) : QString();
        case Macs: return node.macs > 0 ? groupedNumber(node.macs) : QString();
        case Share: return node.macs > 0 ? tr("%1 %").arg(100.0 * share(node), 0, 'f', 2) : QString();
        default: return {};
    }
}

QVariant LayerTree::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const Node& node = nodeOf(index);
    const bool used = node.cost && node.path == used_;
    switch (role) {
        case Qt::DisplayRole: return text(node, index.column());
        case Qt::ToolTipRole:
            if (index.column() != Name) return text(node, index.column());
            return used ? tr("%1: methods that use a layer look at it").arg(node.path) : node.path;
        case Qt::TextAlignmentRole: return QVariant((index.column() >= Parameters ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        case Qt::FontRole: {
            QFont font = index.column() >= Shape ? figureFont() : QFont();
            font.setBold(used);
            return font;
        }
        case SortRole:
            switch (index.column()) {
                case Name: return node.order;
                case Parameters: return QVariant::fromValue<qlonglong>(node.parameters);
                case Macs:
                case Share: return QVariant::fromValue<qlonglong>(node.macs);
                default: return text(node, index.column());
            }
        case SearchRole: return QStringList{node.path, text(node, Operator), text(node, Shape)}.join(QLatin1Char(' '));
        case PathRole: return node.path;
        case MacsRole: return QVariant::fromValue<qlonglong>(node.macs);
        case TapRole: return node.tappable;
        default: return {};
    }
}

QVariant LayerTree::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    static const char* const titles[] = {QT_TR_NOOP("layer"),      QT_TR_NOOP("operator"), QT_TR_NOOP("shape"),
                                         QT_TR_NOOP("parameters"), QT_TR_NOOP("MACs"),     QT_TR_NOOP("share")};
    static const char* const tips[] = {QT_TR_NOOP("Modules and the operators in them, in the order of computation"),
                                       QT_TR_NOOP("In the words of PyTorch's functions"),
                                       QT_TR_NOOP("Of what it makes of one image"),
                                       QT_TR_NOOP("Values of the weights that it reads"),
                                       QT_TR_NOOP("Multiply-accumulates and element-wise work for one image"),
                                       QT_TR_NOOP("Of the whole model's MACs")};
    switch (role) {
        case Qt::DisplayRole: return tr(titles[section]);
        case Qt::ToolTipRole: return tr(tips[section]);
        case Qt::TextAlignmentRole: return QVariant((section >= Parameters ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        default: return {};
    }
}

}  // namespace discern
