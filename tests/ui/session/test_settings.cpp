#include "ui/session/settings.h"

#include <QSignalSpy>

#include "ui/support.h"

using namespace discern;

class TestSettings : public QObject {
    Q_OBJECT

    testing::Sandbox sandbox_;

private Q_SLOTS:
    void init() { QSettings().clear(); }

    void recents_areFewTheLatestFirstAndForgettable() {
        Settings settings;
        for (int i = 0; i < Settings::kRecent + 3; ++i)
            settings.addRecentPictures({sandbox_.path(QString::number(i))});
        settings.addRecentPictures({sandbox_.path("5")});
        QCOMPARE(settings.recentPictures().size(), Settings::kRecent);
        QCOMPARE(settings.recentPictures().first(), sandbox_.path("5"));
        settings.forgetRecent(sandbox_.path("5"));
        QVERIFY(!settings.recentPictures().contains(sandbox_.path("5")));
        settings.clearRecents();
        QVERIFY(settings.recentPictures().isEmpty());
    }

    void display_comesBackAsItWas() {
        DisplaySettings display;
        display.view = OverlayView::Contour;
        display.opacity = 0.3;
        display.signedMap = "blue-white-red";
        display.range = RangePolicy::SharedByAll;
        display.contourMass = 0.25;
        display.clipPercentile = 98.0;
        Settings().setDisplay(display);
        QCOMPARE(Settings().display(), display);
        display.clipPercentile.reset();
        Settings().setDisplay(display);
        QCOMPARE(Settings().display(), display);
    }

    void editedFile_fallsBackToDefaults() {
        QSettings store;
        store.setValue("display/view", 99);
        store.setValue("display/opacity", "much");
        store.setValue("display/clipPercentile", 3);
        store.setValue("theme", -3);
        store.setValue("device", "abacus");
        QCOMPARE(Settings().display(), DisplaySettings{});
        QCOMPARE(Settings().theme(), ThemeMode::System);
        QCOMPARE(Settings().compute(), Compute{});
    }
};

QTEST_MAIN(TestSettings)
#include "test_settings.moc"
