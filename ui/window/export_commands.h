#pragma once

#include <QObject>
#include <functional>

#include "ui/session/workbench.h"

class QWidget;

namespace discern {

class Actions;
class ChartsPanel;

/// Saves overlays, the comparison and charts. The outcome is told in the message strip or by saved().
class ExportCommands : public QObject {
    Q_OBJECT
public:
    ExportCommands(Workbench& workbench, Actions& actions, ChartsPanel& charts, QWidget* window);

    void exportOverlay(const CellName& name);

Q_SIGNALS:
    void saved(const QString& path);

private:
    void exportComparison();
    void exportChart();
    void refresh();
    /// Renders and saves as a job.
    void save(const QString& path, std::function<QImage()> render, const QString& provenance);
    [[nodiscard]] QString askForPng(const QString& title, const QString& proposal);

    Workbench& workbench_;
    Actions& actions_;
    ChartsPanel& charts_;
    QWidget* window_;
};

}  // namespace discern
