#include "ui/pages/explore_page.h"

#include <QSignalSpy>

#include "ui/actions/actions.h"
#include "ui/grid/grid_view.h"
#include "ui/support.h"

using namespace discern;

class TestExplorePage : public QObject {
    Q_OBJECT

    testing::Sandbox sandbox_;

private Q_SLOTS:
    void init() { QSettings().clear(); }

    void page_bringsItsCentreAndItsDocks() {
        Workbench bench;
        QWidget window;
        Actions actions(&window, bench.session.undoStack());
        ExplorePage page(bench, actions, nullptr);
        const std::unique_ptr<QWidget> centre(page.centre());
        QCOMPARE(page.centre(), &page.grid());
        QStringList names;
        std::vector<std::unique_ptr<QWidget>> panels;
        for (const DockSpec& spec : page.docks()) {
            names << spec.name;
            panels.emplace_back(spec.panel);
        }
        QCOMPARE(names, (QStringList{"images", "models", "target", "methods", "measure", "display", "cell", "charts", "metrics"}));
    }

    void whatPanelsAskFor_isAskedOfTheWindow() {
        Workbench bench;
        QWidget window;
        Actions actions(&window, bench.session.undoStack());
        ExplorePage page(bench, actions, nullptr);
        const std::unique_ptr<QWidget> centre(page.centre());
        std::vector<std::unique_ptr<QWidget>> panels;
        for (const DockSpec& spec : page.docks()) panels.emplace_back(spec.panel);
        QSignalSpy open(&page, &ExplorePage::openImagesRequested);
        QSignalSpy exported(&page, &ExplorePage::exportRequested);
        QSignalSpy explain(actions["explain"], &QAction::triggered);
        Q_EMIT page.grid().openImagesRequested();
        Q_EMIT page.grid().exportRequested({{1, 2, "lime"}, {}});
        Q_EMIT page.grid().explainRequested();
        QCOMPARE(open.size(), 1);
        QCOMPARE(exported.first().first().value<CellName>().of.method, QString("lime"));
        QCOMPARE(explain.size(), 1);
    }
};

QTEST_MAIN(TestExplorePage)
#include "test_explore_page.moc"
