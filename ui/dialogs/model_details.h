#pragma once

#include <QDialog>

#include "ui/session/library.h"

namespace discern {

/// A model's card with what is assumed, its size and speed, and its layers.
class ModelDetails : public QDialog {
    Q_OBJECT
public:
    ModelDetails(const ModelEntry& entry, QWidget* parent);
};

}  // namespace discern
