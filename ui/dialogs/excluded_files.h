#pragma once

#include <QDialog>

#include "core/evaluate/evaluation.h"

namespace discern {

/// The files of a labelled set that count nowhere, each with the reason.
class ExcludedFiles : public QDialog {
    Q_OBJECT
public:
    ExcludedFiles(const LabelledSet& set, QWidget* parent);
};

}  // namespace discern
