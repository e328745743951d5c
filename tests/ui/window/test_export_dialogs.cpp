// What a person meets on the way from File > Export to a file.
#include <QAction>
#include <QClipboard>
#include <QFileDialog>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QStatusBar>
#include <QTimer>

#include "ui/actions/actions.h"
#include "ui/choose/choice.h"
#include "ui/pages/choose_page.h"
#include "ui/panels/log_panel.h"
#include "ui/window/evaluate_commands.h"
#include "ui/window/message_strip.h"
#include "ui/window_fixture.h"

using namespace discern;

class TestExportDialogs : public testing::WindowFixture {
    Q_OBJECT

    void explain() {
        bench_->openModels({testing::smallModel()});
        bench_->openPictures({sandbox_->picture("a.png")});
        bench_->session.setMethodEnabled("grad_cam", true);
        QTRY_VERIFY(window_->actions()["export-array"]->isEnabled());
        bench_->settings.setFolder("export", sandbox_->path({}));
    }

    /// Types names into the file dialog that the action opens, one after the other until it closes; a question about
    /// replacing is answered no. Returns the questions.
    QStringList save(const char* action, const QStringList& names) {
        return save([&] { window_->actions()[action]->trigger(); }, names);
    }
    QStringList save(const std::function<void()>& open, QStringList names) {
        QStringList questions;
        QTimer look;
        look.setSingleShot(true);
        connect(&look, &QTimer::timeout, this, [&] {
            look.start(20);  // before: what is done here may open a question and stay in it
            if (auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget())) {
                // It may be asked again before it has gone.
                if (!questions.contains(box->text())) questions += box->text();
                box->button(QMessageBox::No)->click();
            } else if (auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget())) {
                auto* field = dialog->findChild<QLineEdit*>("fileNameEdit");
                if (names.isEmpty())
                    return QTest::keyClick(dialog, Qt::Key_Escape);
                field->selectAll();
                QTest::keyClicks(field, names.takeFirst());
                QTest::keyClick(field, Qt::Key_Return);
            }
        });
        look.start(20);
        open();
        return questions;
    }
    [[nodiscard]] QByteArray read(const QString& name) const {
        QFile file(sandbox_->path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private Q_SLOTS:
    void initTestCase() { QApplication::setAttribute(Qt::AA_DontUseNativeDialogs); }
    void init() { openWindow(); }
    void cleanup() { closeWindow(); }

    /// As discern-cli evaluate writes it, with the cards of the models that are open.
    void theReportOfTheChoosePage_isWrittenBesideItsTables() {
        SKIP_WITHOUT_SMALL_MODEL();
        for (const char* label : {"disc", "star"}) {
            QDir(sandbox_->path({})).mkpath(QStringLiteral("set/%1").arg(label));
            static_cast<void>(sandbox_->picture(QStringLiteral("set/%1/a.png").arg(label)));
        }
        QDir(sandbox_->path({})).mkpath("out");
        bench_->openModels({testing::smallModel()});
        window_->evaluate({.dataset = sandbox_->path("set"), .explained = false, .timed = false});
        QTRY_VERIFY(!window_->choose().choice().empty());
        window_->choose().choice().setPreset("accuracy");
        window_->findChild<EvaluateCommands*>()->writeReport(sandbox_->path("out"));
        QTRY_VERIFY(QFile::exists(sandbox_->path("out/report.html")));
        const QString page = QString::fromUtf8(read("out/report.html"));
        for (const char* words : {"Only one model", "Preset “Accuracy alone”", "shapes-cnn.pt", "made by</th>\n<td>the window", "disc/a.png"})
            QVERIFY2(page.contains(QString::fromUtf8(words)), words);
        QVERIFY(!page.contains("not at hand") && !page.contains(sandbox_->path({})));
        QVERIFY(read("out/evaluation.json").contains("\"preset\": \"accuracy\"") && !read("out/predictions.csv").isEmpty());
    }

    void theLog_isSavedWithAnEndingToo() {
        bench_->settings.setFolder("export", sandbox_->path({}));
        bench_->tell("something happened");
        QPushButton* button = nullptr;
        for (QPushButton* one : window_->findChild<LogPanel*>()->findChildren<QPushButton*>())
            if (one->text() == "Save…") button = one;
        QVERIFY(button);
        QVERIFY(save([&] { button->click(); }, {"x"}).isEmpty());
        QVERIFY(QFile::exists(sandbox_->path("x.log")));
    }

    void ending_followsTheKindOfFile_data() {
        QTest::addColumn<QString>("action");
        QTest::addColumn<QString>("file");
        QTest::newRow("overlay") << "export-overlay" << "x.png";
        QTest::newRow("comparison") << "export-comparison" << "x.png";
        QTest::newRow("array") << "export-array" << "x.npy";
        QTest::newRow("table") << "export-table" << "x.csv";
        QTest::newRow("report") << "export-report" << "x/report.html";
    }
    void ending_followsTheKindOfFile() {
        SKIP_WITHOUT_SMALL_MODEL();
        QFETCH(QString, action);
        QFETCH(QString, file);
        explain();
        QVERIFY(save(action.toUtf8(), {"x"}).isEmpty());
        QTRY_COMPARE(bench_->jobs.activeCount(), 0);
        QVERIFY2(!read(file).isEmpty(), qPrintable(file));
    }

    void copying_copiesWhatExportingWrites() {
        SKIP_WITHOUT_SMALL_MODEL();
        explain();
        QVERIFY(save("export-overlay", {"cell"}).isEmpty());
        QTRY_COMPARE(bench_->jobs.activeCount(), 0);
        QApplication::clipboard()->clear();
        window_->actions()["copy-cell"]->trigger();
        QTRY_VERIFY(!QApplication::clipboard()->image().isNull());
        const QImage exported(sandbox_->path("cell.png"));
        QCOMPARE(QApplication::clipboard()->image().convertToFormat(QImage::Format_RGB32),
                 exported.convertToFormat(QImage::Format_RGB32));
        QTRY_VERIFY(window_->statusBar()->currentMessage().contains("legend and caption"));
    }

    void reportAndTable_areOfferedOnceThereIsAGrid() {
        SKIP_WITHOUT_SMALL_MODEL();
        QVERIFY(!window_->actions()["export-report"]->isEnabled() && !window_->actions()["export-table"]->isEnabled());
        bench_->session.setAutoRun(AutoRun::Never);
        bench_->openModels({testing::smallModel()});
        bench_->openPictures({sandbox_->picture("a.png")});
        bench_->session.setMethodEnabled("grad_cam", true);
        QTRY_VERIFY(window_->actions()["export-report"]->isEnabled());
        QVERIFY(save("export-report", {}).isEmpty());
        QVERIFY(window_->findChild<MessageStrip*>()->message().contains("explain one first"));
    }

    void givingUp_savesNothing() {
        SKIP_WITHOUT_SMALL_MODEL();
        explain();
        QVERIFY(save("export-table", {}).isEmpty());
        QCOMPARE(bench_->jobs.activeCount(), 0);
        QVERIFY(!QFile::exists(sandbox_->path("metrics.csv")));
    }
};

QTEST_MAIN(TestExportDialogs)
#include "test_export_dialogs.moc"
