// What a person expects of every window: wheel and page keys, the whole screen, the palette, the first minutes.
#include <QAction>
#include <QComboBox>
#include <QDockWidget>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSlider>
#include <QSpinBox>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "ui/actions/actions.h"
#include "ui/actions/command_palette.h"
#include "ui/grid/bare_picture.h"
#include "ui/grid/empty_state.h"
#include "ui/grid/grid_view.h"
#include "ui/wheel.h"
#include "ui/window_fixture.h"

using namespace discern;

class TestManners : public testing::WindowFixture {
    Q_OBJECT

    /// A tall panel in a window of its own, made after the main window.
    struct Panel {
        QScrollArea area;
        QComboBox* combo = new QComboBox;
        QSpinBox* spin = new QSpinBox;
        QSlider* slider = new QSlider(Qt::Horizontal);
        QLineEdit* elsewhere = new QLineEdit;

        Panel() {
            auto* content = new QWidget;
            auto* column = new QVBoxLayout(content);
            combo->addItems({"a", "b", "c"});
            combo->setCurrentIndex(1);
            spin->setValue(50);
            slider->setValue(50);
            for (QWidget* widget : std::initializer_list<QWidget*>{elsewhere, combo, spin, slider}) column->addWidget(widget);
            content->setMinimumHeight(1000);
            area.setWidget(content);
            area.setWidgetResizable(true);
            area.resize(300, 200);
            area.show();
            area.activateWindow();
        }
        [[nodiscard]] int scrolled() const { return area.verticalScrollBar()->value(); }
    };

    QTreeWidget* methods() const { return window_->findChild<QTreeWidget*>(); }
    QDockWidget* dock(const char* name) const { return window_->findChild<QDockWidget*>(QLatin1String(name)); }

    /// The rows of the palette for the words typed, as they are read.
    QStringList found(const QString& words, bool run = false) {
        window_->actions()["search"]->trigger();
        auto* palette = window_->findChild<CommandPalette*>();
        auto* field = palette->findChild<QLineEdit*>();
        QTest::keyClicks(field, words);
        QStringList rows;
        auto* list = palette->findChild<QListWidget*>();
        for (int i = 0; i < list->count(); ++i) rows += list->item(i)->text();
        QTest::keyClick(field, run ? Qt::Key_Return : Qt::Key_Escape);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        return rows;
    }

private Q_SLOTS:
    void init() { openWindow(); }
    void cleanup() { closeWindow(); }

    void wheelOverAControlWithoutFocus_scrollsThePanel() {
        Panel panel;
        QVERIFY(QTest::qWaitForWindowExposed(&panel.area));
        panel.elsewhere->setFocus();
        for (QWidget* control : std::initializer_list<QWidget*>{panel.combo, panel.spin, panel.slider}) {
            const int before = panel.scrolled();
            testing::turnWheel(control, -1);
            QVERIFY(panel.scrolled() > before);
            QVERIFY(!control->hasFocus());
        }
        QCOMPARE(panel.combo->currentIndex(), 1);
        QCOMPARE(panel.spin->value(), 50);
        QCOMPARE(panel.slider->value(), 50);
    }

    void wheelOverAControlWithFocus_turnsItsValue() {
        Panel panel;
        QVERIFY(QTest::qWaitForWindowActive(&panel.area));
        panel.spin->setFocus();
        QTRY_VERIFY(panel.spin->hasFocus());
        testing::turnWheel(panel.spin, -1);
        QCOMPARE(panel.spin->value(), 49);
        panel.combo->setFocus();
        testing::turnWheel(panel.combo, -1);
        QCOMPARE(panel.combo->currentIndex(), 2);
        QCOMPARE(panel.scrolled(), 0);
    }

    void wheelOverTheDisplayPanel_changesNothing() {
        const double before = bench_->session.display().opacity;
        window_->grid().setFocus();
        for (QSlider* slider : dock("display")->findChildren<QSlider*>()) testing::turnWheel(slider, 3);
        QCOMPARE(bench_->session.display().opacity, before);
    }

    void pageKeys_belongToTheListThatHasTheFocus() {
        bench_->openPictures({sandbox_->picture("a.png"), sandbox_->picture("b.png"), sandbox_->picture("c.png")});
        QVERIFY(QTest::qWaitForWindowActive(window_.get()));
        const int first = bench_->session.currentPicture();
        methods()->setFocus();
        methods()->setCurrentItem(methods()->topLevelItem(0)->child(0));
        QTest::keyClick(methods(), Qt::Key_PageDown);
        QCOMPARE(bench_->session.currentPicture(), first);
        QVERIFY(methods()->currentItem() != methods()->topLevelItem(0)->child(0));
        window_->grid().setFocusPolicy(Qt::StrongFocus);
        window_->grid().setFocus();
        QTest::keyClick(&window_->grid(), Qt::Key_PageDown);
        QVERIFY(bench_->session.currentPicture() != first);
    }

    void fullScreen_returnsToWhatWas() {
        QAction* full = window_->actions()["full-screen"];
        window_->showMaximized();
        QVERIFY(QTest::qWaitForWindowActive(window_.get()));
        QTRY_VERIFY(window_->isMaximized());
        dock("cell")->close();
        QTest::keyClick(window_.get(), Qt::Key_F11);
        QTRY_VERIFY(window_->isFullScreen());
        QVERIFY(full->isChecked());
        QTest::keyClick(window_.get(), Qt::Key_F11);
        QTRY_VERIFY(!window_->isFullScreen());
        QVERIFY(window_->isMaximized());
        QVERIFY(!full->isChecked());
        QVERIFY(dock("cell")->isHidden());
    }

    void fullScreen_isTickedWhereTheSystemMakesIt() {
        window_->showFullScreen();
        QTRY_VERIFY(window_->actions()["full-screen"]->isChecked());
        window_->showNormal();
        QTRY_VERIFY(!window_->actions()["full-screen"]->isChecked());
    }

    void paletteFinds_data() {
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("row");
        QTest::newRow("panel in sight") << "panel images" << "Hide panel: Images";
        QTest::newRow("panel behind another") << "panel jobs" << "Show panel: Jobs";
        QTest::newRow("theme") << "theme light" << "Theme: Light";
        QTest::newRow("chart") << "chart agreement" << "Show chart: Agreement";
        QTest::newRow("toggle") << "swipe" << "Swipe";
        QTest::newRow("zoo") << "zoo lite0" << "Add from zoo: EfficientNet-Lite0 (not fetched)";
    }
    void paletteFinds() {
        QFETCH(QString, words);
        QFETCH(QString, row);
        const QStringList rows = found(words);
        QVERIFY2(rows.contains(row), qPrintable(rows.join('\n')));
    }

    void palette_bringsAPanelToTheFront() {
        QVERIFY(dock("jobs")->visibleRegion().isEmpty());
        found("show panel jobs", true);
        QTRY_VERIFY(!dock("jobs")->visibleRegion().isEmpty());
    }

    void palette_ticksWhatIsOn() {
        window_->actions()["swipe"]->setChecked(true);
        window_->actions()["search"]->trigger();
        auto* palette = window_->findChild<CommandPalette*>();
        QTest::keyClicks(palette->findChild<QLineEdit*>(), "swipe");
        QCOMPARE(palette->findChild<QListWidget*>()->item(0)->checkState(), Qt::Checked);
        QTest::keyClick(palette->findChild<QLineEdit*>(), Qt::Key_Escape);
    }

    void aLowWindow_hasTabsOnTheRight() {
        const auto together = [this](const char* a, const char* b) {
            return window_->tabifiedDockWidgets(dock(a)).contains(dock(b));
        };
        window_->resize(1440, 900);
        QTRY_VERIFY(together("display", "cell"));
        QVERIFY(!together("methods", "display"));
        window_->resize(1280, 720);
        QTRY_VERIFY(together("methods", "display"));
        QVERIFY(!together("target", "methods"));
        QTRY_VERIFY(!dock("methods")->visibleRegion().isEmpty());
        window_->resize(1440, 1200);
        QTRY_VERIFY(!together("display", "cell"));
    }

    void rearrangedPanels_stayWhereAPersonPutThem() {
        window_->resize(1440, 900);
        window_->tabifyDockWidget(dock("target"), dock("methods"));
        window_->resize(1280, 720);
        QCoreApplication::processEvents();
        QVERIFY(window_->tabifiedDockWidgets(dock("target")).contains(dock("methods")));
        QVERIFY(!window_->tabifiedDockWidgets(dock("methods")).contains(dock("display")));
    }

    void aPicture_isSeenBeforeThereIsAModel() {
        bench_->openPictures({sandbox_->picture("a.png")});
        auto* bare = window_->grid().findChild<BarePicture*>();
        QTRY_VERIFY(bare->isVisible());
        QTRY_VERIFY(bare->pictureRect().height() > window_->grid().height() / 2.0);
        const QImage seen = bare->grab().toImage();
        const QPoint disc = bare->pictureRect().topLeft().toPoint() +
                            QPoint(qRound(bare->pictureRect().width() / 2), qRound(bare->pictureRect().height() / 3));
        QCOMPARE(seen.pixelColor(disc * seen.devicePixelRatio()), QColor(240, 220, 40));
    }

    void aModelThatIsOffered_isAddedWithAClick() {
        SKIP_WITHOUT_SMALL_MODEL();
        bench_->openPictures({sandbox_->picture("a.png")});
        QTRY_VERIFY(window_->grid().findChild<BarePicture*>()->isVisible());
        window_->grid().setOffers({{{testing::smallModel(), "Shapes", "a small network"}}, false});
        QCoreApplication::processEvents();  // in which a layout shows its new buttons
        QPushButton* offered = nullptr;
        for (QPushButton* button : window_->grid().findChildren<QPushButton*>())
            if (button->text() == "Shapes" && button->isVisible()) offered = button;
        QVERIFY(offered);
        QTest::mouseClick(offered, Qt::LeftButton);
        QCOMPARE(bench_->session.work().models.size(), 1);
    }
};

QTEST_MAIN(TestManners)
#include "test_manners.moc"
