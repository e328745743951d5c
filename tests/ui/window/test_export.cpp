#include <QClipboard>
#include <QFileDialog>
#include <QLineEdit>
#include <QMessageBox>
#include <QStatusBar>

#include "core/store/npy.h"
#include "ui/actions/actions.h"
#include "ui/grid/grid_view.h"
#include "ui/window_fixture.h"

using namespace discern;

class TestExport : public testing::WindowFixture {
    Q_OBJECT

    void explain() {
        bench_->openModels({testing::smallModel()});
        bench_->openPictures({sandbox_->picture("a.png", 600, 400)});
        bench_->session.setMethodEnabled("grad_cam", true);
        QTRY_VERIFY(window_->actions()["export-overlay"]->isEnabled());
        QTRY_VERIFY(bench_->settled());
    }

    /// Types a name into the dialog that the action opens and saves; answers "No" where it asks about a file that is
    /// there. Returns whether it asked.
    bool saveAs(const char* action, const QString& name) {
        bool asked = false;
        QTimer::singleShot(100, this, [&] {
            auto* dialog = window_->findChild<QFileDialog*>();
            QVERIFY(dialog);
            dialog->setDirectory(sandbox_->path(""));
            dialog->findChild<QLineEdit*>()->setText(name);
            QTimer::singleShot(100, this, [&asked, dialog] {
                if (auto* question = dialog->findChild<QMessageBox*>()) {
                    asked = true;
                    question->button(QMessageBox::No)->click();
                    QTimer::singleShot(0, dialog, &QDialog::reject);
                }
            });
            dialog->accept();
        });
        window_->actions()[action]->trigger();
        return asked;
    }

private Q_SLOTS:
    void init() {
        QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
        openWindow();
    }
    void cleanup() { closeWindow(); }

    void copy_isWhatExportingWrites_andIsTold() {
        SKIP_WITHOUT_SMALL_MODEL();
        explain();
        QVERIFY(!saveAs("export-overlay", "overlay"));
        QTRY_VERIFY(QFile::exists(sandbox_->path("overlay.png")));
        QTRY_VERIFY(bench_->settled());
        QApplication::clipboard()->clear();
        window_->actions()["copy-cell"]->trigger();
        QTRY_VERIFY(!QApplication::clipboard()->image().isNull());
        const QImage copied = QApplication::clipboard()->image().convertToFormat(QImage::Format_RGB32);
        QImage saved(sandbox_->path("overlay.png"));
        saved.convertTo(QImage::Format_RGB32);
        QCOMPARE(copied.size(), saved.size());
        QVERIFY(copied == saved);
        QVERIFY2(copied.width() == 600 && copied.height() > 400, "the legend stands below the photograph");
        QVERIFY(window_->statusBar()->currentMessage().startsWith("Copied"));
    }

    void nothingIsOverwrittenUnasked_alsoWhereTheEndingIsAdded() {
        SKIP_WITHOUT_SMALL_MODEL();
        explain();
        for (const char* action : {"export-overlay", "export-comparison"}) {
            const QString there = sandbox_->file("there.png", "of somebody");
            QVERIFY2(saveAs(action, "there"), action);
            QTRY_VERIFY(bench_->settled());
            QFile file(there);
            QVERIFY(file.open(QIODevice::ReadOnly));
            QCOMPARE(file.readAll(), QByteArray("of somebody"));
        }
    }

    void array_holdsTheCellsValues() {
        SKIP_WITHOUT_SMALL_MODEL();
        explain();
        QVERIFY(!saveAs("export-array", "values"));
        QTRY_VERIFY(QFile::exists(sandbox_->path("values.npy")));
        QTRY_VERIFY(window_->statusBar()->currentMessage().endsWith("values.npy"));
        const cv::Mat written = toMat(readNpy(sandbox_->path("values.npy").toStdString()));
        const cv::Mat& shown = bench_->grid.cell(*bench_->grid.selected()).attribution->map;
        QCOMPARE(written.size(), shown.size());
        QCOMPARE(cv::norm(written, shown, cv::NORM_INF), 0.0);
    }

    void cellWithoutAMap_isNotCopied() {
        SKIP_WITHOUT_SMALL_MODEL();
        explain();
        bench_->session.setMethodEnabled("lime", true);
        bench_->session.select(bench_->session.work().models[0].id, "lime");
        QVERIFY(!window_->actions()["copy-cell"]->isEnabled());
    }
};

QTEST_MAIN(TestExport)
#include "test_export.moc"
