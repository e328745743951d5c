#pragma once

#include <QObject>

#include "ui/session/picture_export.h"

class QWidget;

namespace discern {

class Actions;
class ChartsPanel;

/// Saves overlays, the comparison, arrays and charts, and copies cells as they are saved. The outcome is told in the message
/// strip or by saved() and copied().
class ExportCommands : public QObject {
    Q_OBJECT
public:
    ExportCommands(Workbench& workbench, Actions& actions, ChartsPanel& charts, QWidget* window);

    void exportOverlay(const CellName& name);

Q_SIGNALS:
    void saved(const QString& path);
    void copied();
    /// Nothing was saved; the message strip says why.
    void failed();

private:
    /// What a command throws is told.
    void translated(const std::function<void()>& command);
    void saveOverlay(const CellName& name);
    void exportComparison();
    void exportArray();
    void exportChart();
    void refresh();
    void copyCell();
    /// Makes the picture as a job and saves it; copies it where `path` is empty.
    void submit(const QString& title, PictureMaker maker, const QString& path);
    void tellOf(const JobStatus& status, const QString& path);
    /// Empty where nobody wants to save. Each filter is of one ending, e.g. "PNG image (*.png)".
    [[nodiscard]] QString askForFile(const QString& title, const QString& proposal, const QStringList& filters);

    Workbench& workbench_;
    Actions& actions_;
    ChartsPanel& charts_;
    QWidget* window_;
};

}  // namespace discern
