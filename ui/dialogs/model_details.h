#pragma once

#include <QDialog>

#include "ui/session/library.h"

namespace discern {

/// A model's card with what is assumed, its size and speed, and its layers.
class ModelDetails : public QDialog {
    Q_OBJECT
public:
    /// `editable`: with a button that asks for the card to be edited, and closes.
    ModelDetails(const ModelEntry& entry, bool editable, QWidget* parent);

Q_SIGNALS:
    void editCardRequested();
};

}  // namespace discern
