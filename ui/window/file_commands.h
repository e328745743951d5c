#pragma once

#include <QObject>

#include "ui/render/export.h"
#include "ui/session/workbench.h"

class QWidget;

namespace discern {

class Actions;
class ChartsPanel;
class GridFeed;

/// Opening, pasting and exporting.
class FileCommands : public QObject {
    Q_OBJECT
public:
    FileCommands(Workbench& workbench, Actions& actions, GridFeed& feed, ChartsPanel& charts, QWidget* window);

    void openImages();
    void addModel();
    /// The sample photographs in the data folder; empty where there are none.
    [[nodiscard]] static QStringList samples();
    void openSample();
    /// The cell at that place of the grid.
    void exportOverlay(int row, int column);

private:
    void openFolder();
    void paste();
    void exportComparison();
    void exportChart();
    void fillRecent();
    void fillZoo();
    void refresh();
    [[nodiscard]] OverlayCaption captionOf(const ShownCell& shown, const Attribution& attribution,
                                           const GridContent& grid, int row) const;
    /// Renders and saves as a job; the outcome is told in the message strip or the status bar.
    void save(const QString& path, std::function<QImage()> render, const QString& provenance);
    [[nodiscard]] QString askForPng(const QString& title, const QString& proposal);

    Workbench& workbench_;
    Actions& actions_;
    GridFeed& feed_;
    ChartsPanel& charts_;
    QWidget* window_;

Q_SIGNALS:
    void saved(const QString& path);
};

}  // namespace discern
