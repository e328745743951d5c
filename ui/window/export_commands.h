#pragma once

#include <QObject>

#include "ui/charts/chart.h"
#include "ui/session/picture_export.h"

class QWidget;

namespace discern {

class Actions;
class ChartsPanel;

/// Saves overlays, the comparison, arrays, the report, its table and charts, and copies cells as they are saved. The outcome
/// is told in the message strip or by saved() and copied().
class ExportCommands : public QObject {
    Q_OBJECT
public:
    ExportCommands(Workbench& workbench, Actions& actions, ChartsPanel& charts, QWidget* window);

    void exportOverlay(const CellName& name);
    /// Asks where, then writes the chart as it is shown.
    void saveChart(Chart* chart, const QString& proposal);
    void saveText(const QString& csv, const QString& proposal);
    void saveLog(const QString& text);

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
    void exportReport();
    void exportTable();
    void tellNothingExplained();
    /// Runs what writes the file, or folder, as a job that is kept; `then` after it is done.
    void save(const QString& path, std::function<void(Progress&)> work, const std::function<void()>& then = {});
    void saveAs(const QString& text, const QString& title, const QString& proposal, const QString& filter);
    void savePicture(PictureMaker maker, const QString& path);
    void tellOf(const JobStatus& status, const QString& path);
    [[nodiscard]] QString askForFile(const QString& title, const QString& proposal, const QStringList& filters);

    Workbench& workbench_;
    Actions& actions_;
    ChartsPanel& charts_;
    QWidget* window_;
};

}  // namespace discern
