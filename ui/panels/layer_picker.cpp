#include "ui/panels/layer_picker.h"

#include <QCompleter>
#include <QLineEdit>
#include <QStandardItemModel>
#include <QStringListModel>

#include "ui/session/grid_builder.h"
#include "ui/theme/theme.h"

namespace discern {

namespace {

constexpr int kVisibleRows = 16;

}  // namespace

QString moduleOf(const QString& layer) {
    const QStringList parts = layer.split(QLatin1Char('.'));
    if (parts.size() < 2)
        return {};
    bool numbered = false;
    static_cast<void>(parts[1].toInt(&numbered));
    return parts.size() > 2 && numbered ? parts[0] + QLatin1Char('.') + parts[1] : parts[0];
}

LayerPicker::LayerPicker(QWidget* parent)
    : QComboBox(parent), list_(new QStandardItemModel(this)), found_(new QStringListModel(this)) {
    setModel(list_);
    setEditable(true);
    setInsertPolicy(QComboBox::NoInsert);
    setMaxVisibleItems(kVisibleRows);
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(8);
    lineEdit()->setPlaceholderText(tr("type a layer"));
    completer()->setModel(found_);
    completer()->setCompletionMode(QCompleter::PopupCompletion);
    completer()->setFilterMode(Qt::MatchContains);
    completer()->setCaseSensitivity(Qt::CaseInsensitive);
    completer()->setMaxVisibleItems(kVisibleRows);
    connect(this, &QComboBox::activated, this, &LayerPicker::pick);
    connect(lineEdit(), &QLineEdit::editingFinished, this, &LayerPicker::pickTyped);
}

void LayerPicker::setLayers(const Model* model) {
    const QSignalBlocker blocker(this);
    list_->clear();
    found_->setStringList({});
    if (!model)
        return;
    const LayerInfo* last = model->findLayer("last");
    addLayer(QStringLiteral("last"), last ? tr("last · %1").arg(shapeInWords(*last)) : tr("no layer with a grid"));
    QString module;
    for (const LayerInfo& layer : model->layers()) {
        if (!layer.spatial)
            continue;
        const QString name = QString::fromStdString(layer.name);
        if (moduleOf(name) != module)
            addModule(module = moduleOf(name));
        addLayer(name, QStringLiteral("%1 · %2").arg(name, shapeInWords(layer)));
    }
    QStringList words;
    for (int row = 0; row < count(); ++row)
        if (!itemData(row).isNull())
            words += itemText(row);
    found_->setStringList(words);
    setChoice(choice_);
}

void LayerPicker::addLayer(const QString& name, const QString& words) {
    auto* item = new QStandardItem(words);
    item->setData(name, Qt::UserRole);
    item->setToolTip(words);
    list_->appendRow(item);
}

void LayerPicker::addModule(const QString& name) {
    auto* item = new QStandardItem(name.isEmpty() ? tr("by itself") : name);
    item->setFlags(Qt::NoItemFlags);
    item->setFont(sectionFont());
    list_->appendRow(item);
}

void LayerPicker::setChoice(const QString& layer) {
    choice_ = layer;
    const QSignalBlocker blocker(this);
    const int row = findData(layer);
    setCurrentIndex(row);
    setEditText(row < 0 ? layer : itemText(row));
    lineEdit()->setCursorPosition(0);
    setToolTip(row < 0 ? QString() : itemText(row));
}

void LayerPicker::pick(int row) {
    if (row < 0 || itemData(row).isNull())
        return setChoice(choice_);
    setChoice(itemData(row).toString());
    Q_EMIT picked(choice_);
}

void LayerPicker::pickTyped() {
    const QString typed = lineEdit()->text().trimmed();
    if (typed == itemText(findData(choice_)) || (typed.isEmpty() && count() == 0))
        return;
    const int exact = findData(typed);
    QVector<int> matching;
    for (int row = 0; row < count(); ++row)
        if (!itemData(row).isNull() && itemText(row).contains(typed, Qt::CaseInsensitive))
            matching.append(row);
    if (exact >= 0)
        return pick(exact);
    if (matching.size() == 1 && !typed.isEmpty())
        return pick(matching.first());
    setChoice(choice_);
    Q_EMIT refused(typed);
}

}  // namespace discern
