#pragma once

#include <QUrl>

#include "ui/pages/page.h"
#include "ui/session/workbench.h"

namespace discern {

class Actions;
class Chart;
class ChartsPanel;
class GridView;
class ImagesPanel;
class ModelsPanel;
struct Offers;
class TargetPanel;

/// One picture, several models and methods: the grid, and the panels that say what it shows.
class ExplorePage : public Page {
    Q_OBJECT
public:
    ExplorePage(Workbench& workbench, Actions& actions, QObject* parent);

    [[nodiscard]] QWidget* centre() override;
    [[nodiscard]] std::vector<DockSpec> docks() override;

    [[nodiscard]] GridView& grid() { return *grid_; }
    [[nodiscard]] ChartsPanel& charts() { return *charts_; }
    /// Puts the cursor where the target class is typed.
    void typeTarget();
    /// What lies ready to be opened with one click.
    void offer(const Offers& offers);

Q_SIGNALS:
    void openImagesRequested();
    void sampleRequested();
    void addModelRequested();
    void modelRequested(const QString& name);  ///< of the zoo
    void modelDetailsRequested(int model);
    void editCardRequested(int model);
    void exportRequested(const discern::CellName& cell);
    void saveChartRequested(discern::Chart* chart, const QString& proposal);
    void saveTableRequested(const QString& csv, const QString& proposal);
    void filesDropped(const QList<QUrl>& urls);

private:
    void connectPanels(Actions& actions);

    Workbench& workbench_;
    Actions& actions_;
    GridView* grid_;
    ImagesPanel* images_;
    ModelsPanel* models_;
    TargetPanel* target_;
    ChartsPanel* charts_;
};

}  // namespace discern
