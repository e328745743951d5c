// A workspace from the window's side: menu, title, command line's file, closing and reopening.
#include <QAction>
#include <QDropEvent>
#include <QFileDialog>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>

#include "core/evaluate/evaluation_bytes.h"
#include "made_evaluation.h"
#include "ui/actions/actions.h"
#include "ui/choose/choice.h"
#include "ui/choose/weights_panel.h"
#include "ui/grid/grid_view.h"
#include "ui/grid/view_state.h"
#include "ui/pages/choose_page.h"
#include "ui/window/message_strip.h"
#include "ui/window/page_switch.h"
#include "ui/window_fixture.h"

using namespace discern;

class TestWorkspaceWindow : public testing::WindowFixture {
    Q_OBJECT

    [[nodiscard]] QString workspace() const { return sandbox_->path("lungs.discern"); }
    [[nodiscard]] QAction* action(const char* id) const { return window_->actions()[id]; }

    [[nodiscard]] bool loaded() const {
        const Work& work = bench_->session.work();
        return std::ranges::none_of(work.pictures, [&](int id) { return bench_->library.picture(id)->state == LoadState::Loading; }) &&
               std::ranges::none_of(work.models, [&](const ModelChoice& model) { return bench_->library.model(model.id)->state == LoadState::Loading; });
    }
    /// Closes it as a person does, and starts again with the file.
    void reopen(const QString& file) {
        if (window_) window_->close();
        window_.reset();
        bench_.reset();
        bench_ = std::make_unique<Workbench>();
        QCOMPARE(bench_->workspace.openNow(file), QString());
        window_ = std::make_unique<MainWindow>(*bench_, *log_);
        window_->restoreLayout({1920, 1080});
        window_->show();
        QVERIFY(QTest::qWaitForWindowExposed(window_.get()));
        QTRY_VERIFY(loaded());
    }
    template <class Dialog>
    void whenAsked(const std::function<void(Dialog&)>& answer) {
        QTimer::singleShot(0, this, [this, answer] {
            auto* dialog = qobject_cast<Dialog*>(QApplication::activeModalWidget());
            if (!dialog) return whenAsked<Dialog>(answer);
            answer(*dialog);
        });
    }
    void saveAs(const QString& file) {
        whenAsked<QFileDialog>([file](QFileDialog& dialog) {
            auto* name = dialog.findChild<QLineEdit*>();
            name->setText(file);
            QTest::keyClick(name, Qt::Key_Return);
        });
        QSignalSpy renamed(&bench_->workspace, &WorkspaceKeeper::renamed);
        QTest::keyClick(window_.get(), Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(renamed.size(), 1);
    }
    void openFiles() {
        bench_->session.addModels({testing::smallModel()});
        bench_->session.addPictures({sandbox_->picture("a.png"), sandbox_->picture("b.png", 80, 80)});
        bench_->session.setMethodEnabled("grad_cam", true);
        QTRY_VERIFY(loaded());
    }
    /// A workspace that holds an evaluation, made elsewhere.
    [[nodiscard]] QString evaluated() const {
        const QString file = sandbox_->path("evaluated.discern");
        const auto made = Workspace::open(file.toStdString());
        made->setState("evaluation", "{}");
        made->keep("evaluation", "last", toBytes(testing::madePhantoms(60)));
        made->commit();
        return file;
    }

private Q_SLOTS:
    void init() {
        QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
        openWindow();
    }
    void cleanup() { closeWindow(); }

    void savedUnderAName_theTitleSaysIt_andReopeningGivesEverythingBack() {
        SKIP_WITHOUT_SMALL_MODEL();
        QCOMPARE(window_->windowTitle(), QString("Discern"));
        openFiles();
        saveAs(sandbox_->path("lungs"));
        QCOMPARE(window_->windowTitle(), QString("lungs — Discern"));
        QVERIFY(QFile::exists(workspace()));
        bench_->session.setTarget({TargetChoice::Of::OneClass, {1, "disc"}, {}, {}});
        bench_->session.setMethodParameter("grad_cam", "augment", "true");
        action("zoom-in")->trigger();
        const View view = window_->grid().viewState().view();
        QVERIFY(view.zoom > 1.0);
        QTRY_VERIFY(bench_->session.view().zoom == view.zoom);
        QTRY_VERIFY(loaded());
        const CellRef cell{bench_->session.currentPicture(), bench_->session.work().models[0].id, "grad_cam"};
        QTRY_COMPARE(bench_->explanations.cell(cell).status, CellStatus::Done);
        const WorkspaceState before = bench_->session.state();
        reopen(workspace());
        QCOMPARE(window_->windowTitle(), QString("lungs — Discern"));
        const WorkspaceState after = bench_->session.state();
        QCOMPARE(after.work, before.work);
        QCOMPARE(after.display, before.display);
        QTRY_COMPARE(window_->grid().viewState().view(), view);
        const CellRef again{bench_->session.currentPicture(), bench_->session.work().models[0].id, "grad_cam"};
        QTRY_COMPARE(bench_->explanations.cell(again).status, CellStatus::Done);
        QVERIFY2(!bench_->explanations.seconds("grad_cam"), "it was kept, not computed");
    }

    void weightsAndPageComeBack() {
        const QString file = evaluated();
        reopen(file);
        QTRY_VERIFY(!window_->choose().choice().empty());
        QTest::keyClick(window_.get(), Qt::Key_2, Qt::ControlModifier);
        QVERIFY(window_->pages().choosing());
        auto* slider = window_->choose().weights().findChild<QSlider*>();
        QVERIFY(slider);
        QTest::keyClick(slider, Qt::Key_PageUp);
        window_->choose().choice().pin(1);
        const std::vector<double> weights = window_->choose().choice().weights();
        QVERIFY(window_->choose().state().preset.empty());
        QTRY_VERIFY(bench_->session.view().choosing);
        reopen(file);
        QVERIFY(window_->pages().choosing());
        QTRY_VERIFY(!window_->choose().choice().empty());
        QCOMPARE(window_->choose().choice().weights(), weights);
        QCOMPARE(window_->choose().choice().pinned(), 1);
    }

    void workspaceThatIsDropped_isOpened() {
        SKIP_WITHOUT_SMALL_MODEL();
        openFiles();
        QSignalSpy opened(&bench_->workspace, &WorkspaceKeeper::opened);
        QMimeData files;
        files.setUrls({QUrl::fromLocalFile(evaluated())});
        QDragEnterEvent enter(QPoint(40, 40), Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(window_.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(40, 40), Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(window_.get(), &drop);
        QTRY_COMPARE(opened.size(), 1);
        QCOMPARE(window_->windowTitle(), QString("evaluated — Discern"));
        QVERIFY(bench_->session.work().pictures.isEmpty() && bench_->session.work().models.isEmpty());
        QTRY_VERIFY(!window_->choose().choice().empty());
        QMenu* recent = window_->actions().submenu("recent-workspaces/");
        QCOMPARE(recent->actions().first()->text(), QString("evaluated.discern"));
    }

    void workWithoutAName_isAskedAboutBeforeItGoes() {
        SKIP_WITHOUT_SMALL_MODEL();
        openFiles();
        QSignalSpy opened(&bench_->workspace, &WorkspaceKeeper::opened);
        QTest::keyClick(window_.get(), Qt::Key_N, Qt::ControlModifier);
        auto* question = window_->findChild<QMessageBox*>();
        QVERIFY(question && question->isVisible());
        QTest::mouseClick(question->button(QMessageBox::Cancel), Qt::LeftButton);
        QTRY_VERIFY(!window_->findChild<QMessageBox*>());
        QCOMPARE(bench_->session.work().pictures.size(), 2);
        action("new-workspace")->trigger();
        question = window_->findChild<QMessageBox*>();
        QVERIFY(question);
        for (QAbstractButton* button : question->buttons())
            if (question->buttonRole(button) == QMessageBox::DestructiveRole) QTest::mouseClick(button, Qt::LeftButton);
        QTRY_COMPARE(opened.size(), 1);
        QVERIFY(bench_->session.work().pictures.isEmpty() && bench_->session.work().models.isEmpty());
    }

    void filesThatMoved_areAskedForOnce() {
        SKIP_WITHOUT_SMALL_MODEL();
        openFiles();
        saveAs(workspace());
        QDir().mkpath(sandbox_->path("archive"));
        window_.reset();
        bench_.reset();
        for (const char* name : {"a.png", "b.png"}) QVERIFY(QFile::rename(sandbox_->path(name), sandbox_->path(QString("archive/") + name)));
        reopen(workspace());
        QTRY_COMPARE(window_->findChildren<QMessageBox*>().size(), 1);
        auto* question = window_->findChild<QMessageBox*>();
        QVERIFY2(question->text().contains("2 files") && question->text().contains("a.png"), qPrintable(question->text()));
        whenAsked<QFileDialog>([this](QFileDialog& dialog) {
            dialog.findChild<QLineEdit*>()->setText(sandbox_->path("archive"));
            QTest::keyClick(dialog.findChild<QLineEdit*>(), Qt::Key_Return);
        });
        QTest::mouseClick(question->defaultButton(), Qt::LeftButton);
        QTRY_COMPARE(bench_->session.state().work.pictures[1].path, sandbox_->path("archive/b.png"));
        QTRY_VERIFY(window_->findChild<MessageStrip*>()->message().contains("found again"));
    }

    void whatIsNoWorkspace_isSaid_andTheWindowGoesOn() {
        bench_->session.addPictures({sandbox_->picture("a.png")});
        bench_->open({sandbox_->file("letter.discern", "dear diary, today was a day like any other")});
        QTRY_VERIFY(window_->findChild<MessageStrip*>()->message().contains("letter.discern is no workspace"));
        QCOMPARE(bench_->session.work().pictures.size(), 1);
        QCOMPARE(window_->windowTitle(), QString("Discern"));
    }
};

QTEST_MAIN(TestWorkspaceWindow)
#include "test_workspace.moc"
