#pragma once

#include <QDialog>

#include "ui/session/library.h"
#include "ui/session/work.h"

class QTabWidget;

namespace discern {

class LayersPage;

/// A model's page: its card and where each field comes from, its layers and what each costs, what to know before trusting
/// it, and the card as it was read.
class ModelDetails : public QDialog {
    Q_OBJECT
public:
    /// `choice`: the model in the comparison, whose layer can be chosen here; null where it is in none. `editable`: with a
    /// button that asks for the card to be edited, and closes.
    ModelDetails(const ModelEntry& entry, const ModelChoice* choice, bool editable, QWidget* parent);

Q_SIGNALS:
    void editCardRequested();
    void layerChosen(const QString& layer);
    void saveTableRequested(const QString& csv, const QString& proposal);

private:
    [[nodiscard]] QTabWidget* makeTabs(const ModelEntry& entry, const ModelChoice* choice);

    QTabWidget* tabs_ = nullptr;
    LayersPage* layers_ = nullptr;
};

}  // namespace discern
