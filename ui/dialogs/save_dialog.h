#pragma once

#include <QStringList>

class QWidget;

namespace discern {

class Settings;

/// Asks where to save, beginning in the folder of the latest export. Each filter is of one ending, e.g. "PNG image
/// (*.png)", which is added before the dialog asks whether a file may be replaced; a filter without one, e.g. "Folder
/// (*)", leaves the name as it is typed. Empty where nobody wants to save.
[[nodiscard]] QString askForFile(QWidget* window, Settings& settings, const QString& title, const QString& proposal,
                                 const QStringList& filters);

}  // namespace discern
