#pragma once

#include <QHash>
#include <QSet>
#include <QWidget>

#include "ui/session/explanations.h"

class QComboBox;
class QLabel;
class QTreeWidget;
class QTreeWidgetItem;

namespace discern {

class Form;
class LayerPicker;
class ParameterEditor;

/// The registry's methods by family, which folds, each with what it tells and what it does not; below them the
/// parameters of the one that is selected.
class MethodsPanel : public QWidget {
    Q_OBJECT
public:
    MethodsPanel(Session& session, Explanations& explanations, QWidget* parent = nullptr);

private:
    void buildList();
    void buildForm();
    void refreshList();
    /// Opens those with a newly ticked method, which is selected where none is.
    void refreshFamilies();
    void refreshParameters();
    void refreshLayers();
    [[nodiscard]] QString selected() const;
    /// Why the method works on none of the models that are shown and open; empty where it works on one, or none is open.
    [[nodiscard]] QString whyForNoModel(const QString& method) const;
    [[nodiscard]] int modelOfLayer() const;

    Session& session_;
    Explanations& explanations_;
    QTreeWidget* list_ = nullptr;
    QHash<QString, QTreeWidgetItem*> items_;
    QSet<QString> ticked_;  ///< at the latest refresh, so that a family opens when one of its methods is ticked
    QWidget* layerRow_ = nullptr;
    LayerPicker* layer_ = nullptr;
    QLabel* refusal_ = nullptr;  ///< why a typed layer was not taken
    QLabel* layerLabel_ = nullptr;
    ParameterEditor* parameters_ = nullptr;
    QComboBox* autoRun_ = nullptr;
    QString layersOf_;  ///< what the combo lists now
};

}  // namespace discern
