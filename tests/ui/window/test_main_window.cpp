#include "ui/window/main_window.h"

#include <QAccessible>
#include <QAction>
#include <QClipboard>
#include <QDockWidget>
#include <QDropEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>
#include <QMetaMethod>
#include <QSet>
#include <QTabBar>
#include <QToolButton>

#include "core/measure/agreement.h"
#include "core/model/zoo.h"
#include "ui/actions/actions.h"
#include "ui/actions/command_palette.h"
#include "ui/actions/shortcut_sheet.h"
#include "ui/charts/agreement_chart.h"
#include "ui/grid/grid_view.h"
#include "ui/grid/view_state.h"
#include "ui/window/message_strip.h"
#include "ui/window_fixture.h"

using namespace discern;

class TestMainWindow : public testing::WindowFixture {
    Q_OBJECT

    void drop(QWidget* target, const QStringList& paths) {
        QMimeData data;
        QList<QUrl> urls;
        for (const QString& path : paths)
            urls += QUrl::fromLocalFile(path);
        data.setUrls(urls);
        const QPointF place = target->rect().center();
        QDragEnterEvent enter(place.toPoint(), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(target, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent event(place, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(target, &event);
    }

    CommandPalette* openPalette() {
        auto* palette = new CommandPalette(window_->actions().all(), bench_->session, window_.get());
        palette->setAttribute(Qt::WA_DeleteOnClose);
        palette->show();
        return palette;
    }

private Q_SLOTS:
    void init() { openWindow(); }
    void cleanup() { closeWindow(); }

    void noTwoActionsShareAShortcut() {
        QSet<QString> seen;
        for (const QAction* action : window_->actions().all())
            for (const QKeySequence& keys : action->shortcuts()) {
                const QString text = keys.toString();
                QVERIFY2(!text.isEmpty(), qPrintable(action->objectName()));
                QVERIFY2(!seen.contains(text), qPrintable(text));
                seen.insert(text);
            }
    }

    /// Neither in the colour nor with the sign of what went wrong.
    void goodNewsStandsInTheStripQuietly() {
        auto* strip = window_->findChild<MessageStrip*>();
        auto* log = strip->findChild<QPushButton*>("log");
        const auto ink = [strip] { return strip->findChild<QLabel*>("words")->palette().color(QPalette::WindowText); };
        const auto sign = [strip] { return strip->findChild<QLabel*>("icon")->pixmap().toImage(); };
        strip->show("something went wrong", "Repair", [] {});
        const QColor warning = ink();
        const QImage triangle = sign();
        QVERIFY(log->isVisible());
        strip->inform("Saved");
        QCOMPARE(strip->message(), QString("Saved"));
        QVERIFY(strip->isVisible() && !log->isVisible());
        QVERIFY(ink() != warning);
        QVERIFY(sign() != triangle);
        for (const QPushButton* button : strip->findChildren<QPushButton*>()) QVERIFY(!button->isVisible());
        strip->show("again");
        QCOMPARE(ink(), warning);
        QVERIFY(log->isVisible());
        strip->dismiss();
    }

    /// The page that chooses has no docks: its log would stand there without a head and could not be closed.
    void theLogIsShownOnThePageThatHasIt() {
        window_->actions()["page-choose"]->trigger();
        auto* strip = window_->findChild<MessageStrip*>();
        strip->show("something went wrong");
        Q_EMIT strip->logRequested();
        QVERIFY(window_->actions()["page-compare"]->isChecked());
        QDockWidget* log = window_->findChild<QDockWidget*>("log");
        QTRY_VERIFY(!log->visibleRegion().isEmpty());
        window_->actions()["page-choose"]->trigger();
        QVERIFY(!log->isVisible());
    }

    void everyActionIsExplainedAndConnected() {
        for (const QAction* action : window_->actions().all()) {
            QVERIFY2(!action->statusTip().isEmpty(), qPrintable(action->objectName()));
            const QMetaMethod triggered = QMetaMethod::fromSignal(&QAction::triggered);
            const QMetaMethod toggled = QMetaMethod::fromSignal(&QAction::toggled);
            struct Open : QAction {
                using QAction::isSignalConnected;
            };
            const auto connected = [&](const QMetaMethod& signal) {
                return (action->*(&Open::isSignalConnected))(signal);
            };
            QVERIFY2(connected(triggered) || connected(toggled), qPrintable(action->objectName()));
        }
    }

    void everyFocusableWidgetHasAName() {
        for (const QWidget* widget : window_->findChildren<QWidget*>()) {
            const bool inner = widget->objectName().startsWith("qt_") || qobject_cast<const QTabBar*>(widget);
            if (!(widget->focusPolicy() & Qt::TabFocus) || inner || !widget->isVisible())
                continue;
            const QAccessibleInterface* face = QAccessible::queryAccessibleInterface(const_cast<QWidget*>(widget));
            const QString name = face ? face->text(QAccessible::Name) : QString();
            const QString proxied = widget->parentWidget() ? widget->parentWidget()->accessibleName() : QString();
            QVERIFY2(!name.isEmpty() || !proxied.isEmpty(),
                     qPrintable(QString::fromLatin1(widget->metaObject()->className()) + " in " +
                                widget->parentWidget()->metaObject()->className()));
        }
    }

    void droppedFiles_goWhereTheirContentSays() {
        drop(window_.get(), {sandbox_->picture("a.png"), sandbox_->file("m.pt", "PK\x03\x04")});
        QTRY_COMPARE(bench_->session.work().pictures.size(), 1);
        QTRY_COMPARE(bench_->session.work().models.size(), 1);
        drop(&window_->grid(), {sandbox_->picture("b.png")});
        QTRY_COMPARE(bench_->session.work().pictures.size(), 2);
    }

    void failures_standInOneStripNotInDialogs() {
        auto* strip = window_->findChild<MessageStrip*>();
        QVERIFY(!strip->isVisible());
        bench_->openPictures({sandbox_->file("text.jpg", "no picture"), sandbox_->file("cut.png", "\x89PNG\r\n")});
        QTRY_COMPARE(bench_->jobs.activeCount(), 0);
        QVERIFY(strip->isVisible());
        QVERIFY(!strip->message().isEmpty());
        QVERIFY(!QApplication::activeModalWidget());
        strip->dismiss();
        QVERIFY(!strip->isVisible());
    }

    void pastedImage_becomesThePicture() {
        QImage image(40, 30, QImage::Format_RGB32);
        image.fill(Qt::red);
        QApplication::clipboard()->setImage(image);
        window_->actions()["paste"]->trigger();
        QTRY_COMPARE(bench_->session.work().pictures.size(), 1);
        const auto entry = [this] { return bench_->library.picture(bench_->session.currentPicture()); };
        QTRY_COMPARE(entry()->image.pixelColor(3, 3), QColor(Qt::red));
        QCOMPARE(entry()->size, QSize(40, 30));
        QTest::keyClick(window_.get(), Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(bench_->session.work().pictures.isEmpty());
        QTest::keyClick(window_.get(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(entry()->image.pixelColor(3, 3), QColor(Qt::red));
    }

    /// It has no file of its own, so the program keeps one: nothing that was pasted is lost with the window.
    void pastedImage_isThereAtTheNextStart() {
        QImage image(40, 30, QImage::Format_RGB32);
        image.fill(Qt::red);
        QApplication::clipboard()->setImage(image);
        window_->actions()["paste"]->trigger();
        QTRY_COMPARE(bench_->session.work().pictures.size(), 1);
        const QString file = bench_->library.picture(bench_->session.currentPicture())->path;
        QVERIFY2(file.startsWith(sandbox_->path("data")), qPrintable(file));
        QCOMPARE(QFile::permissions(file) & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
                 QFile::Permissions());
        QCOMPARE(QImage(file).pixelColor(3, 3), QColor(Qt::red));
        window_->actions()["paste"]->trigger();
        QTRY_VERIFY(bench_->settled());
        QCOMPARE(bench_->session.work().pictures.size(), 1);
        QVERIFY(std::ranges::any_of(bench_->session.state().work.pictures, [&](const FileRef& picture) { return picture.path == file; }));
    }

    void pastedImage_thatCannotBeWritten_isToldAbout() {
        QDir().mkpath(sandbox_->path("data/discern"));
        QFile inTheWay(sandbox_->path("data/discern/pasted"));
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        QImage image(40, 30, QImage::Format_RGB32);
        image.fill(Qt::red);
        QApplication::clipboard()->setImage(image);
        window_->actions()["paste"]->trigger();
        auto* strip = window_->findChild<MessageStrip*>();
        QTRY_VERIFY(strip->isVisible());
        QVERIFY2(strip->message().contains("pasted"), qPrintable(strip->message()));
        QVERIFY(bench_->session.work().pictures.isEmpty());
    }

    void undoAndRedo_sayWhatTheyDo() {
        QAction* undo = window_->actions()["undo"];
        QAction* redo = window_->actions()["redo"];
        QVERIFY(!undo->isEnabled() && !redo->isEnabled());
        bench_->openPictures({sandbox_->picture("a.png"), sandbox_->picture("b.png")});
        QVERIFY2(undo->isEnabled() && undo->text().endsWith("add 2 images"), qPrintable(undo->text()));
        undo->trigger();
        QVERIFY(bench_->session.work().pictures.isEmpty());
        QVERIFY2(redo->isEnabled() && redo->text().endsWith("add 2 images"), qPrintable(redo->text()));
    }

    void recentFiles_areInTheirMenus() {
        const QMenu* recent = window_->actions().submenu("recent/");
        QVERIFY(!recent->isEnabled());
        bench_->openPictures({sandbox_->picture("a.png")});
        QCOMPARE(recent->actions().first()->text(), QString("a.png"));
        QVERIFY(recent->isEnabled() && !window_->actions().submenu("recent-models/")->isEnabled());
        recent->actions().last()->trigger();
        QVERIFY(!recent->isEnabled());
    }

    void zooMenu_saysHowToGetWhatIsNotThere() {
        QMenu* zoo = window_->actions().submenu("zoo/");
        QCOMPARE(static_cast<std::size_t>(zoo->actions().size()), zooModels().size());
        for (const QAction* action : zoo->actions())
            QVERIFY2(action->isEnabled() || action->toolTip().contains("To fetch it"), qPrintable(action->text()));
    }

    void zoomKeys_moveAllLinkedCells() {
        window_->actions()["zoom-in"]->trigger();
        QVERIFY(window_->grid().viewState().view().zoom > 1.0);
        window_->actions()["zoom-fit"]->trigger();
        QCOMPARE(window_->grid().viewState().view(), View{});
    }

    void paletteFindsCommandsByWordsOfTheirTip() {
        CommandPalette* palette = openPalette();
        auto* field = palette->findChild<QLineEdit*>();
        QTest::keyClicks(field, "whole screen");
        auto* list = palette->findChild<QListWidget*>();
        QCOMPARE(list->count(), 1);
        QTest::keyClick(field, Qt::Key_Escape);
    }

    void paletteAddsAMethodsRow() {
        CommandPalette* palette = openPalette();
        auto* field = palette->findChild<QLineEdit*>();
        QTest::keyClicks(field, "add occlusion");
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(bench_->session.enabledMethods().size(), 1);
        QCOMPARE(bench_->session.enabledMethods().front().name, QString("occlusion"));
    }

    void resetLayout_bringsClosedPanelsBack() {
        for (QDockWidget* dock : window_->findChildren<QDockWidget*>()) {
            dock->close();
            dock->setFloating(true);
        }
        window_->actions()["reset-layout"]->trigger();
        for (const QDockWidget* dock : window_->findChildren<QDockWidget*>()) {
            QVERIFY2(!dock->isHidden(), qPrintable(dock->objectName()));
            QVERIFY2(!dock->isFloating(), qPrintable(dock->objectName()));
        }
    }

    void firstWindow_fitsTheScreen() {
        window_->restoreLayout({1920, 1080});
        QCOMPARE(window_->size(), QSize(1440, 900));
        QVERIFY(!window_->isMaximized());
        MainWindow small(*bench_, *log_);
        small.restoreLayout({1280, 720});
        QCOMPARE(small.size(), QSize(1280, 720));
        QVERIFY(small.isMaximized());
    }

    /// Not only at the end: a window may be killed.
    void layout_isKeptWhileItChanges() {
        const QByteArray before = bench_->session.view().layout;
        window_->findChild<QDockWidget*>("images")->close();
        QTRY_VERIFY(bench_->session.view().layout != before);
        window_->resize(1000, 700);
        const QByteArray geometry = bench_->session.view().geometry;
        QTRY_VERIFY(bench_->session.view().geometry != geometry);
    }

    void linkedViews_areOfTheSession() {
        window_->actions()["link"]->trigger();
        QVERIFY(!bench_->session.view().linked && !window_->grid().viewState().linked());
        bench_->session.setView({.linked = true});
        QVERIFY(window_->grid().viewState().linked() && window_->actions()["link"]->isChecked());
    }

    void chartChoice_isOfTheSession() {
        auto* measure = window_->findChild<AgreementChart*>()->findChild<QComboBox*>();
        Q_EMIT measure->activated(1);
        QCOMPARE(bench_->session.view().measure.toStdString(), agreementMeasures()[1].name);
        ViewChoices view = bench_->session.view();
        view.measure = QString::fromStdString(agreementMeasures()[2].name);
        bench_->session.setView(view);
        QCOMPARE(measure->currentIndex(), 2);
    }

    void layout_isRemembered() {
        auto* images = window_->findChild<QDockWidget*>("images");
        images->close();
        window_->close();
        window_ = std::make_unique<MainWindow>(*bench_, *log_);
        window_->restoreLayout({1920, 1080});
        window_->show();
        QVERIFY(window_->findChild<QDockWidget*>("images")->isHidden());
        QVERIFY(!window_->findChild<QDockWidget*>("models")->isHidden());
    }

    void explainedPicture_fillsTheGrid() {
        SKIP_WITHOUT_SMALL_MODEL();
        bench_->openModels({testing::smallModel()});
        bench_->openPictures({sandbox_->picture("a.png")});
        bench_->session.setMethodEnabled("grad_cam", true);
        QTRY_COMPARE(window_->grid().content().cells.size(), 1);
        QTRY_COMPARE(window_->grid().content().cells[0][0].status, CellStatus::Done);
        QCOMPARE(window_->grid().selection(), bench_->grid.at(0, 0));
        QTRY_VERIFY(window_->actions()["export-overlay"]->isEnabled());
    }

    void difference_isShownSelectedAndTakenAway() {
        SKIP_WITHOUT_SMALL_MODEL();
        bench_->openModels({testing::smallModel(), testing::smallModel("shapes-shortcut.pt")});
        bench_->openPictures({sandbox_->picture("a.png")});
        bench_->session.setMethodEnabled("grad_cam", true);
        QTRY_COMPARE(bench_->explanations.count(bench_->session.currentPicture()).done, 2);
        QAction* action = window_->actions()["difference"];
        QVERIFY(action->isEnabled() && !action->isChecked());
        action->trigger();
        QTRY_COMPARE(window_->grid().content().columns.size(), 3);
        QCOMPARE(window_->grid().selection(), bench_->grid.at(0, 2));
        QTRY_COMPARE(window_->grid().content().cells[0][2].status, CellStatus::Done);
        QTRY_VERIFY(window_->actions()["export-overlay"]->isEnabled());
        QVERIFY(action->isChecked());
        Q_EMIT window_->grid().differenceRequested(bench_->grid.at(0, 1), bench_->grid.at(0, 0));
        QCOMPARE(bench_->session.difference()->model, bench_->session.work().models[1].id);
        action->trigger();
        QTRY_COMPARE(window_->grid().content().columns.size(), 2);
        QVERIFY(!action->isChecked());
    }

    void errorsAreLogged() {
        bench_->tell("something went wrong");
        QTRY_VERIFY(!log_->lines().empty());
        QVERIFY(log_->lines().back().text.contains("something went wrong"));
    }
};

QTEST_MAIN(TestMainWindow)
#include "test_main_window.moc"
