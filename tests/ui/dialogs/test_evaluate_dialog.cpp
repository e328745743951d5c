#include "ui/dialogs/evaluate_dialog.h"

#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include "ui/window_fixture.h"

using namespace discern;

/// What is to be evaluated is asked for, and refused before it runs.
class TestEvaluateDialog : public testing::WindowFixture {
    Q_OBJECT

    static QPushButton* button(const QDialog& dialog, const QString& text) {
        for (QPushButton* one : dialog.findChildren<QPushButton*>())
            if (one->text() == text) return one;
        return nullptr;
    }

private Q_SLOTS:
    void init() { openWindow(); }
    void cleanup() { closeWindow(); }

    void pathsAreCheckedWhereTheyStand() {
        EvaluateDialog dialog(bench_->session, {}, window_.get());
        dialog.show();
        const QList<QLineEdit*> lines = dialog.findChildren<QLineEdit*>();
        QLineEdit *images = lines[0], *masks = lines[1], *mapping = lines[2];
        QPushButton* start = button(dialog, "Evaluate");
        QVERIFY(start && !start->isEnabled());
        QVERIFY(button(dialog, QString::fromUtf8("CSV…")));
        const auto refused = [&](QLineEdit* line, const QString& path, const QString& words) {
            line->setFocus();
            QTest::keyClicks(line, path);
            const bool framed = line->property("wrong").toBool();
            QStringList told;
            for (const QLabel* label : dialog.findChildren<QLabel*>())
                if (label->isVisible()) told << label->text();
            const bool said = told.join("\n").contains(words);
            const bool stopped = !start->isEnabled();
            line->clear();
            return framed && said && stopped && !line->property("wrong").toBool();
        };
        QVERIFY(QDir().mkpath(sandbox_->path("set/cat")));
        const QString table = sandbox_->file("table.csv", "file,label\n");
        QVERIFY(refused(images, sandbox_->path("nothing"), "There is no "));
        QTest::keyClicks(images, table);
        QVERIFY(start->isEnabled());
        QVERIFY(refused(masks, table, "There is no folder "));
        QVERIFY(refused(mapping, sandbox_->path("set"), "There is no file "));
        QTest::mouseClick(start, Qt::LeftButton);
        QCOMPARE(dialog.result(), static_cast<int>(QDialog::Accepted));
    }

    void modelsThatAreStillOpenedAreWaitedFor() {
        SKIP_WITHOUT_SMALL_MODEL();
        QVERIFY(bench_->evaluations.missing().contains("Open the models"));
        bench_->openModels({testing::smallModel()});
        QVERIFY2(bench_->evaluations.missing().contains("still being opened"), qPrintable(bench_->evaluations.missing()));
        QTRY_VERIFY(bench_->evaluations.missing().isEmpty());
    }
};

QTEST_MAIN(TestEvaluateDialog)
#include "test_evaluate_dialog.moc"
