#pragma once

#include <QDialog>

#include "ui/session/workbench.h"

class QComboBox;
class QSpinBox;

namespace discern {

/// What holds for all pictures and models: device, precision, seed, what starts by itself, remembered files. Changes
/// act at once.
class SettingsDialog : public QDialog {
    Q_OBJECT
public:
    SettingsDialog(Workbench& workbench, QWidget* parent);

private:
    void applyCompute();

    Workbench& workbench_;
    QComboBox* device_ = nullptr;
    QComboBox* precision_ = nullptr;
};

}  // namespace discern
