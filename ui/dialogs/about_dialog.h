#pragma once

#include <QDialog>

namespace discern {

/// Version, licence, libraries, and what the program is not.
class AboutDialog : public QDialog {
    Q_OBJECT
public:
    explicit AboutDialog(QWidget* parent);
};

}  // namespace discern
