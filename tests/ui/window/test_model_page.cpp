#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTreeView>

#include "ui/actions/actions.h"
#include "ui/dialogs/layer_tree.h"
#include "ui/dialogs/model_details.h"
#include "ui/panels/models_panel.h"
#include "ui/window_fixture.h"

using namespace discern;

/// A model's page as it is opened from the window, and what it changes there.
class TestModelPage : public testing::WindowFixture {
    Q_OBJECT

    int id_ = 0;

    /// The page holds the window until it is closed; `visit` is called while it is open.
    void openAnd(const std::function<void()>& open, const std::function<void(ModelDetails&)>& visit) {
        bool visited = false;
        QTimer timer;
        connect(&timer, &QTimer::timeout, this, [&] {
            auto* page = qobject_cast<ModelDetails*>(QApplication::activeModalWidget());
            if (!page) return;
            timer.stop();
            visit(*page);
            visited = true;
            QTest::keyClick(page, Qt::Key_Escape);
        });
        timer.start(10);
        open();
        QVERIFY(visited);
    }

private Q_SLOTS:
    void init() {
        openWindow();
        bench_->openModels({testing::smallModel()});
        id_ = bench_->session.work().models.front().id;
        QTRY_COMPARE(bench_->library.model(id_)->state, LoadState::Ready);
    }
    void cleanup() { closeWindow(); }

    void aDoubleClickOpensIt() {
        auto* table = window_->findChild<ModelsPanel*>()->findChild<QTableView*>();
        const QPoint row = table->visualRect(table->model()->index(0, 0)).center();
        QString title;
        openAnd(
            [&] {
                QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, row);
                QTest::mouseDClick(table->viewport(), Qt::LeftButton, {}, row);
            },
            [&](const ModelDetails& page) { title = page.windowTitle(); });
        QCOMPARE(title, QString("shapes-cnn"));
    }

    void aLayerThatIsChosenThere_isTheOneThatMethodsUse() {
        QString chosen;
        openAnd([&] { window_->actions()["model-details"]->trigger(); },
                [&](ModelDetails& page) {
                    QTest::keyClick(&page, Qt::Key_F, Qt::ControlModifier);
                    QTest::keyClicks(page.findChild<QLineEdit*>(), "conv2d");
                    auto* tree = page.findChild<QTreeView*>();
                    const QModelIndexList spatial = tree->model()->match(tree->model()->index(0, 0), LayerTree::TapRole, true, 1, Qt::MatchExactly | Qt::MatchRecursive);
                    QCOMPARE(spatial.size(), 1);
                    tree->setCurrentIndex(spatial.first());
                    chosen = spatial.first().data(LayerTree::PathRole).toString();
                    for (QPushButton* button : page.findChildren<QPushButton*>())
                        if (button->text() == "Use as Grad-CAM layer") QTest::mouseClick(button, Qt::LeftButton);
                });
        QVERIFY(!chosen.isEmpty() && chosen != "last");
        QCOMPARE(bench_->session.model(id_)->layer, chosen);
        window_->actions()["undo"]->trigger();
        QCOMPARE(bench_->session.model(id_)->layer, QString("last"));
    }
};

QTEST_MAIN(TestModelPage)
#include "test_model_page.moc"
