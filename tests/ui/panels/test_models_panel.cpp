// Commands on models act upon those that the list highlights.
#include "ui/panels/models_panel.h"

#include <QAction>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QTableView>
#include <future>

#include "ui/actions/actions.h"
#include "ui/grid/cell_widget.h"
#include "ui/grid/grid_view.h"
#include "ui/panels/model_table.h"
#include "ui/window_fixture.h"

using namespace discern;

class TestModelsPanel : public testing::WindowFixture {
    Q_OBJECT

    [[nodiscard]] QTableView* table() const { return window_->findChild<ModelsPanel*>()->findChild<QTableView*>(); }
    [[nodiscard]] QVector<int> ids() const {
        QVector<int> ids;
        for (const ModelChoice& model : bench_->session.work().models)
            ids += model.id;
        return ids;
    }
    void click(int row, Qt::KeyboardModifiers modifiers = {}) {
        const QRect place = table()->visualRect(table()->model()->index(row, ModelTable::Name));
        QTest::mouseClick(table()->viewport(), Qt::LeftButton, modifiers, place.center());
    }

private Q_SLOTS:
    void init() {
        openWindow();
        bench_->openModels({sandbox_->file("a.pt", "x"), sandbox_->file("b.pt", "x"), sandbox_->file("c.pt", "x")});
        bench_->openPictures({sandbox_->picture("a.png")});
        bench_->session.setMethodEnabled("grad_cam", true);
        QTRY_VERIFY(bench_->settled());
        QTRY_COMPARE(window_->grid().content().columns.size(), 3);
    }
    void cleanup() { closeWindow(); }

    void remove_takesWhatIsHighlighted() {
        const QVector<int> before = ids();
        QCOMPARE(bench_->session.selectedModel(), before[0]);
        click(1);
        QAction* remove = window_->actions()["remove-model"];
        QVERIFY(remove->isEnabled());
        remove->trigger();
        QCOMPARE(ids(), QVector<int>({before[0], before[2]}));
    }

    void remove_takesAllThatAreHighlighted() {
        const QVector<int> before = ids();
        click(1);
        click(2, Qt::ControlModifier);
        QTest::keyClick(table(), Qt::Key_Delete);
        QCOMPARE(ids(), QVector<int>({before[0]}));
    }

    void hiddenModel_canBePickedAndRemoved() {
        const QVector<int> before = ids();
        bench_->session.setModelShown(before[2], false);
        click(2);
        QTRY_COMPARE(bench_->session.pickedModels(), QVector<int>{before[2]});
        window_->actions()["remove-model"]->trigger();
        QCOMPARE(ids(), QVector<int>({before[0], before[1]}));
    }

    void selectedCell_isTheHighlightAgain() {
        click(2);
        bench_->session.select(ids()[1], "grad_cam");
        const auto rows = table()->selectionModel()->selectedRows();
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows.first().row(), 1);
    }

    void highlight_outlivesAFurtherModel() {
        click(1);
        const QVector<int> picked = bench_->session.pickedModels();
        bench_->openModels({sandbox_->file("d.pt", "x")});
        QTRY_COMPARE(table()->model()->rowCount(), 4);
        QCOMPARE(bench_->session.pickedModels(), picked);
        QCOMPARE(table()->selectionModel()->selectedRows().value(0).row(), 1);
    }

    void names_areWholeWhereFiguresMakeRoom() {
        QVERIFY(!table()->isColumnHidden(ModelTable::Bytes));
        bench_->openModels({sandbox_->file("reads-the-lesion.pt", "x"), sandbox_->file("goes-by-the-marker.pt", "x")});
        QTRY_COMPARE(table()->model()->rowCount(), 5);
        QTRY_VERIFY(bench_->settled());
        QTRY_VERIFY(table()->columnWidth(ModelTable::Name) >= static_cast<QAbstractItemView*>(table())->sizeHintForColumn(ModelTable::Name));
        QVERIFY(!table()->isColumnHidden(ModelTable::Latency));
        QVERIFY(table()->isColumnHidden(ModelTable::Bytes));
        bench_->session.setModelShown(ids()[0], false);
        QVERIFY2(table()->isColumnHidden(ModelTable::Bytes), "another change takes no room from the names");
        bench_->session.removeModels(ids().mid(3));
        QTRY_VERIFY(!table()->isColumnHidden(ModelTable::Bytes));
    }

    /// The button goes when it is pressed; its focus must not select another cell.
    void runAgain_keepsTheSelection() {
        SKIP_WITHOUT_SMALL_MODEL();
        bench_->session.removeModels(ids());
        std::promise<void> gate;
        const auto opened = gate.get_future().share();
        for (int i = 0; i < WorkerPool::defaultSize().heavyWorkers; ++i) {
            JobSpec busy;
            busy.title = "keeps a worker busy";
            busy.lane = Lane::Heavy;
            busy.priority = 100000;
            busy.kept = true;
            busy.work = [opened](Progress&) { opened.wait(); };
            bench_->jobs.submit(std::move(busy));
        }
        bench_->openModels({testing::smallModel(), testing::smallModel("shapes-shortcut.pt")});
        QTRY_COMPARE(bench_->explanations.count(bench_->session.currentPicture()).active, 2);
        bench_->cancelAll();
        QTRY_COMPARE(window_->grid().content().cells[0][0].status, CellStatus::Cancelled);
        bench_->session.select(ids()[0], "grad_cam");
        QPushButton* again = nullptr;
        for (CellWidget* cell : window_->grid().findChildren<CellWidget*>())
            for (QPushButton* button : cell->findChildren<QPushButton*>())
                if (button->isVisible() && (!again || cell->x() < again->parentWidget()->x()))
                    again = button;
        QVERIFY(again);
        again->setFocus();
        QTest::mouseClick(again, Qt::LeftButton);
        QTRY_VERIFY(!again->isVisible());
        QCOMPARE(bench_->session.selectedModel(), ids()[0]);
        QCOMPARE(bench_->session.selectedMethod(), QString("grad_cam"));
        gate.set_value();
        QTRY_COMPARE(window_->grid().content().cells[0][0].status, CellStatus::Done);
        QCOMPARE(bench_->session.selectedModel(), ids()[0]);
    }
};

QTEST_MAIN(TestModelsPanel)
#include "test_models_panel.moc"
