#include <QDockWidget>
#include <QSignalSpy>
#include <QToolBar>

#include "core/choose/evaluation_board.h"
#include "made_evaluation.h"
#include "ui/actions/actions.h"
#include "ui/choose/choice.h"
#include "ui/pages/choose_page.h"
#include "ui/window/page_switch.h"
#include "ui/window_fixture.h"

using namespace discern;
using namespace discern::testing;

/// Between Compare and Choose, in the window.
class TestPageSwitch : public WindowFixture {
    Q_OBJECT

    [[nodiscard]] QStringList shownDocks() const {
        QStringList names;
        for (const QDockWidget* dock : window_->findChildren<QDockWidget*>())
            if (!dock->isHidden()) names += dock->objectName();
        names.sort();
        return names;
    }
    void choose(Evaluation made) {
        Progress progress;
        auto evaluation = std::make_shared<Evaluation>(std::move(made));
        window_->choose().setEvaluation(evaluation, std::make_shared<Board>(boardOf(*evaluation, 100, 3, progress)));
    }

private Q_SLOTS:
    void init() { openWindow(); }
    void cleanup() { closeWindow(); }

    void keysChangeThePageAndDocksComeBack() {
        const QStringList before = shownDocks();
        QVERIFY(!before.isEmpty());
        const QByteArray layout = window_->pages().layout();
        QTest::keyClick(window_.get(), Qt::Key_2, Qt::ControlModifier);
        QVERIFY(window_->pages().choosing());
        QVERIFY(shownDocks().isEmpty());
        QVERIFY(window_->findChild<QToolBar*>("choose-toolbar")->isVisible());
        QVERIFY(!window_->findChild<QToolBar*>("toolbar")->isVisible());
        QCOMPARE(window_->pages().layout(), layout);
        QTest::keyClick(window_.get(), Qt::Key_1, Qt::ControlModifier);
        QVERIFY(!window_->pages().choosing());
        QCOMPARE(shownDocks(), before);
        QVERIFY(window_->findChild<QToolBar*>("toolbar")->isVisible());
        QVERIFY(!window_->findChild<QToolBar*>("choose-toolbar")->isVisible());
    }

    void aGalleryIsOpenedInCompare() {
        const QString file = sandbox_->picture("1.png");
        Evaluation made = madePhantoms(20);
        made.set.folder = QFileInfo(file).path().toStdString();
        for (LabelledImage& image : made.set.images) image.file = "1.png";
        choose(std::move(made));
        window_->pages().show(true);
        window_->choose().choice().openGallery("errors");
        QVERIFY(!window_->pages().choosing());
        QTRY_COMPARE(bench_->session.work().pictures.size(), 1);
    }

    void aModelIsSelectedOnBothPages() {
        SKIP_WITHOUT_SMALL_MODEL();
        bench_->openModels({smallModel("shapes-cnn.pt"), smallModel("shapes-shortcut.pt")});
        bench_->openPictures({sandbox_->picture("a.png")});
        bench_->session.setMethodEnabled("grad_cam", true);
        bench_->session.setMethodEnabled("saliency", true);
        QTRY_VERIFY(bench_->settled());
        Session& session = bench_->session;
        const auto digest = [&](int place) {
            return bench_->library.model(session.work().models[place].id)->model->sha256();
        };
        Evaluation made = madePhantoms(20);
        made.models.resize(2);
        made.models[0].digest = digest(1);
        made.models[1].digest = digest(0);
        choose(std::move(made));
        session.select(session.work().models[0].id, "saliency");
        QCOMPARE(window_->choose().choice().selected(), 1);
        window_->choose().choice().select(0);
        QCOMPARE(session.selectedModel(), session.work().models[1].id);
        QCOMPARE(session.selectedMethod(), QString("saliency"));
        window_->choose().choice().select(-1);
        QCOMPARE(session.selectedModel(), session.work().models[1].id);
    }

    void theKeyboard_goesWithThePage() {
        for (const bool choosing : {true, false}) {
            window_->pages().show(choosing);
            const QWidget* focus = QApplication::focusWidget();
            QVERIFY(!focus || !qobject_cast<const QToolBar*>(focus->parentWidget()));
        }
    }

    void theActionPinsTheSelectedModel() {
        choose(madePhantoms(20));
        QAction* pin = window_->actions()["pin-baseline"];
        QVERIFY(!pin->isEnabled());
        window_->pages().show(true);
        window_->choose().choice().select(1);
        QVERIFY(pin->isEnabled());
        QTest::keyClick(window_.get(), Qt::Key_B, Qt::ControlModifier);
        QCOMPARE(window_->choose().choice().pinned(), 1);
        QVERIFY(pin->isChecked());
        QTest::keyClick(window_.get(), Qt::Key_B, Qt::ControlModifier);
        QCOMPARE(window_->choose().choice().pinned(), -1);
    }

    void withoutModels_evaluatingSaysWhatToDoFirst() {
        QSignalSpy told(bench_.get(), &Workbench::message);
        window_->actions()["evaluate-folder"]->trigger();
        QCOMPARE(told.size(), 1);
        QVERIFY2(told[0][0].toString().contains("Open the models"), qPrintable(told[0][0].toString()));
    }
};

QTEST_MAIN(TestPageSwitch)
#include "test_page_switch.moc"
