#include "ui/actions/shortcut_sheet.h"

#include <QAction>
#include <QLabel>
#include <QMainWindow>
#include <QUndoStack>
#include <QtTest>

#include "ui/actions/actions.h"

using namespace discern;

class TestShortcutSheet : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyKeyOfEveryMenu_isTold() {
        QMainWindow window;
        QUndoStack undo;
        const Actions actions(&window, undo);
        const ShortcutSheet sheet(actions, &window);
        QStringList told;
        for (const QLabel* label : sheet.findChildren<QLabel*>()) told += label->text();
        int keys = 0;
        for (const QAction* action : actions.all()) {
            if (action->shortcut().isEmpty()) continue;
            ++keys;
            const QString words = action->text().remove(QLatin1Char('&'));
            QVERIFY2(told.contains(words), qPrintable(words));
            const QString first = action->shortcut().toString(QKeySequence::NativeText);
            QVERIFY2(std::ranges::any_of(told, [&](const QString& text) { return text.split(" or ").contains(first); }), qPrintable(first));
        }
        QVERIFY(keys > 20);
    }
};

QTEST_MAIN(TestShortcutSheet)
#include "test_shortcut_sheet.moc"
