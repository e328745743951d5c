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

    void editedFile_fallsBackToDefaults() {
        QSettings store;
        store.setValue("theme", -3);
        QCOMPARE(Settings().theme(), ThemeMode::System);
    }
};

QTEST_MAIN(TestSettings)
#include "test_settings.moc"
