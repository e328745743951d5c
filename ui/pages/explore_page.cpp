#include "ui/pages/explore_page.h"

#include "ui/actions/actions.h"
#include "ui/grid/empty_state.h"
#include "ui/grid/grid_view.h"
#include "ui/pages/grid_feed.h"
#include "ui/panels/cell_panel.h"
#include "ui/panels/charts_panel.h"
#include "ui/panels/display_panel.h"
#include "ui/panels/images_panel.h"
#include "ui/panels/measure_panel.h"
#include "ui/panels/methods_panel.h"
#include "ui/panels/metrics_panel.h"
#include "ui/panels/models_panel.h"
#include "ui/panels/panel_parts.h"
#include "ui/panels/target_panel.h"

namespace discern {

ExplorePage::ExplorePage(Workbench& workbench, Actions& actions, QObject* parent)
    : Page(parent),
      workbench_(workbench),
      actions_(actions),
      grid_(new GridView),
      images_(new ImagesPanel(workbench.session, workbench.explanations)),
      models_(new ModelsPanel(workbench.session, workbench.predictions)),
      target_(new TargetPanel(workbench.session, workbench.predictions)),
      charts_(new ChartsPanel(workbench.session, workbench.predictions, workbench.agreements)) {
    new GridFeed(workbench_, *grid_, this);
    images_->setMenuActions({actions["open"], actions["open-folder"], actions["paste"]});
    models_->setMenuActions({actions["add-model"]});
    connectPanels(actions);
}

void ExplorePage::connectPanels(Actions& actions) {
    connect(grid_, &GridView::filesDropped, this, &ExplorePage::filesDropped);
    connect(grid_, &GridView::openImagesRequested, this, &ExplorePage::openImagesRequested);
    connect(grid_, &GridView::sampleRequested, this, &ExplorePage::sampleRequested);
    connect(grid_, &GridView::addModelRequested, this, &ExplorePage::addModelRequested);
    connect(grid_, &GridView::modelRequested, this, &ExplorePage::modelRequested);
    connect(grid_, &GridView::explainRequested, actions["explain"], &QAction::trigger);
    connect(grid_, &GridView::exportRequested, this, &ExplorePage::exportRequested);
    connect(grid_, &GridView::copyRequested, actions["copy-cell"], &QAction::trigger);
    connect(images_, &ImagesPanel::openRequested, this, &ExplorePage::openImagesRequested);
    connect(images_, &ImagesPanel::sampleRequested, this, &ExplorePage::sampleRequested);
    connect(models_, &ModelsPanel::addRequested, this, &ExplorePage::addModelRequested);
    connect(models_, &ModelsPanel::detailsRequested, this, &ExplorePage::modelDetailsRequested);
    connect(models_, &ModelsPanel::editCardRequested, this, &ExplorePage::editCardRequested);
}

QWidget* ExplorePage::centre() { return grid_; }

std::vector<DockSpec> ExplorePage::docks() {
    Workbench& w = workbench_;
    Actions& a = actions_;
    auto* methods = new MethodsPanel(w.session, w.explanations);
    auto* measure = new MeasurePanel(w.session, w.measurements, w.regions, a["open-region"]);
    auto* metrics = new MetricsPanel(w.session, w.measurements, w.means, w.measureAll, a["measure-all"]);
    connect(metrics, &MetricsPanel::stepped, &w.steps, &StepPictures::show);
    connect(metrics, &MetricsPanel::saveChartRequested, this, &ExplorePage::saveChartRequested);
    connect(metrics, &MetricsPanel::saveTableRequested, this, &ExplorePage::saveTableRequested);
    auto* display = scrolling(new DisplayPanel(w.session));
    auto* cell = scrolling(new CellPanel(w.session, w.predictions, w.explanations, w.measurements));
    return {
        {QStringLiteral("images"), tr("Images"), Qt::LeftDockWidgetArea, images_, {a["open"]}, 300},
        {QStringLiteral("models"), tr("Models"), Qt::LeftDockWidgetArea, models_, {a["add-model"]}, 260},
        {QStringLiteral("target"), tr("Target"), Qt::RightDockWidgetArea, target_, {}, 96},
        {QStringLiteral("methods"), tr("Methods"), Qt::RightDockWidgetArea, methods, {a["methods-explained"]}, 340},
        {QStringLiteral("measure"), tr("Measure"), Qt::RightDockWidgetArea, measure, {a["measure"]}, 250},
        {QStringLiteral("display"), tr("Display"), Qt::RightDockWidgetArea, display, {}, 250},
        {QStringLiteral("cell"), tr("Cell"), Qt::RightDockWidgetArea, cell, {}, 150},
        {QStringLiteral("charts"), tr("Charts"), Qt::BottomDockWidgetArea, charts_},
        {QStringLiteral("metrics"), tr("Metrics"), Qt::BottomDockWidgetArea, metrics},
    };
}

void ExplorePage::typeTarget() { target_->startTyping(); }

void ExplorePage::offer(const Offers& offers) {
    grid_->setOffers(offers);
    images_->setSampleAvailable(offers.sample);
}

}  // namespace discern
