#pragma once

#include <QComboBox>

#include "core/model/model.h"

class QStandardItemModel;
class QStringListModel;

namespace discern {

/// Finds a layer by typing any part of its name or shape; the list is parted by the modules that layers belong to.
class LayerPicker : public QComboBox {
    Q_OBJECT
public:
    explicit LayerPicker(QWidget* parent = nullptr);

    /// Those of the model that have a spatial grid, after its last; null: none.
    void setLayers(const Model* model);
    void setChoice(const QString& layer);

Q_SIGNALS:
    void picked(const QString& layer);
    /// No layer, or more than one, is called so; what was chosen before stands.
    void refused(const QString& typed);

private:
    void addLayer(const QString& name, const QString& words);
    void addModule(const QString& name);
    void pick(int row);
    void pickTyped();

    QStandardItemModel* list_ = nullptr;
    QStringListModel* found_ = nullptr;  ///< the layers alone, for the completer
    QString choice_;
};

/// The module that a layer belongs to: "_blocks.10" of "_blocks.10.add", "stem" of "stem.conv"; empty where it stands
/// by itself.
[[nodiscard]] QString moduleOf(const QString& layer);

}  // namespace discern
