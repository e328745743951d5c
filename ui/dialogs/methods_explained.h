#pragma once

#include <QDialog>

namespace discern {

/// What each method tells, what it does not, and its source: the registry, to be read.
class MethodsExplained : public QDialog {
    Q_OBJECT
public:
    explicit MethodsExplained(QWidget* parent);
};

}  // namespace discern
