#include "ui/dialogs/get_models_dialog.h"

#include <QCheckBox>
#include <QPushButton>
#include <QTextBrowser>
#include <QTreeWidget>

#include "core/model/zoo.h"
#include "ui/actions/actions.h"
#include "ui/window_fixture.h"

using namespace discern;

/// Getting models of the zoo, with a script in the place of the one that reaches for the network.
class TestGetModelsDialog : public testing::WindowFixture {
    Q_OBJECT

    GetModelsDialog* dialog_ = nullptr;

    [[nodiscard]] QTreeWidget* list() const { return dialog_->findChild<QTreeWidget*>(); }
    [[nodiscard]] QPushButton* button(const QString& text) const {
        for (QPushButton* one : dialog_->findChildren<QPushButton*>())
            if (one->text() == text) return one;
        return nullptr;
    }
    [[nodiscard]] QTreeWidgetItem* row(const QString& title) const { return list()->findItems(title, Qt::MatchExactly).value(0); }

    /// The script that is found in place of models/get.sh.
    void script(const QString& commands) const {
        QVERIFY(QDir().mkpath(sandbox_->path("scripts")));
        static_cast<void>(sandbox_->file("scripts/get.sh", commands.toUtf8()));
        qputenv("DISCERN_SCRIPTS", sandbox_->path("scripts").toUtf8());
    }

    void tick(const QString& title) const {
        const QRect place = list()->visualItemRect(row(title));
        QTest::mouseClick(list()->viewport(), Qt::LeftButton, {}, QPoint(place.left() + 10, place.center().y()));
        QCOMPARE(row(title)->checkState(0), Qt::Checked);
    }

    void ask() {
        window_->actions()["get-models"]->trigger();
        dialog_ = window_->findChild<GetModelsDialog*>();
        QVERIFY(dialog_);
        QVERIFY(QTest::qWaitForWindowExposed(dialog_));
    }

private Q_SLOTS:
    void init() {
        openWindow();
        qunsetenv("DISCERN_SCRIPTS");
    }
    void cleanup() {
        closeWindow();
        qunsetenv("DISCERN_SCRIPTS");
    }

    void everyModel_saysWhatItIsAndOnWhatTerms() {
        ask();
        QCOMPARE(static_cast<std::size_t>(list()->topLevelItemCount()), zooModels().size());
        QVERIFY(!button("Get")->isEnabled());
        for (int i = 0; i < list()->topLevelItemCount(); ++i) {
            list()->setCurrentItem(list()->topLevelItem(i));
            const ZooModel& model = zooModels()[static_cast<std::size_t>(i)];
            const QString text = dialog_->findChild<QTextBrowser*>()->toPlainText();
            for (const std::string& said : {model.source, model.licence, model.trainedOn, model.fetched.front().sha256})
                QVERIFY2(!said.empty() && text.contains(QString::fromStdString(said)), said.c_str());
        }
    }

    void spaceTicks_whereverInTheRowOneIs() {
        ask();
        QTreeWidgetItem* weak = row("Phantom weak");
        list()->setFocus();
        QTest::mouseClick(list()->viewport(), Qt::LeftButton, {}, list()->visualRect(list()->indexFromItem(weak, 3)).center());
        QTest::keyClick(list(), Qt::Key_Space);
        QCOMPARE(weak->checkState(0), Qt::Checked);
        QVERIFY(button("Get")->isEnabled());
        QTest::keyClick(list(), Qt::Key_Space);
        QCOMPARE(weak->checkState(0), Qt::Unchecked);
    }

    void nothingIsFetchedUntilItIsAskedFor() {
        script(QString("touch %1").arg(sandbox_->path("ran")));
        ask();
        tick("Phantom reader");
        QCoreApplication::processEvents();
        QVERIFY(!QFile::exists(sandbox_->path("ran")));
        QCOMPARE(bench_->jobs.activeCount(), 0);
        QTest::mouseClick(button("Get"), Qt::LeftButton);
        QTRY_VERIFY(QFile::exists(sandbox_->path("ran")));
        QTRY_COMPARE(bench_->jobs.activeCount(), 0);
    }

    void whatIsFetched_isHereAndJoinsTheComparison() {
        // Where the manifest, which is read once, says: in the folder of the first test.
        const QFileInfo place(QString::fromStdString(findZooModel("phantom-reader")->path.string()));
        script(QString("echo '@ 0 0.5'; echo '== Fetching it'; mkdir -p '%1'; cp '%2/phantom/phantom-reader.pt' '%1/'\"$1.pt\"")
                   .arg(place.path(), QStringLiteral(DISCERN_SOURCE_DIR "/models")));
        ask();
        tick("Phantom reader");
        QTest::mouseClick(button("Get"), Qt::LeftButton);
        QTRY_COMPARE(row("Phantom reader")->text(4), QString("here"));
        QTRY_COMPARE(bench_->session.work().models.size(), 1);
        const int id = bench_->session.work().models.front().id;
        QTRY_COMPARE(bench_->library.model(id)->state, LoadState::Ready);
        QVERIFY(!row("Phantom reader")->data(0, Qt::CheckStateRole).isValid());
        QVERIFY(!button("Get")->isEnabled());
        QVERIFY(QDir(place.path()).removeRecursively());
    }

    void whatGoesWrong_standsInItsRow() {
        script("echo 'discern: PyPI is out of reach.' >&2; exit 1");
        ask();
        dialog_->findChild<QCheckBox*>()->click();
        tick("EfficientNet-Lite0");
        QTest::mouseClick(button("Get"), Qt::LeftButton);
        QTRY_VERIFY(row("EfficientNet-Lite0")->text(4).contains("PyPI is out of reach"));
        QVERIFY2(row("EfficientNet-Lite0")->toolTip(4).contains("code 1"), qPrintable(row("EfficientNet-Lite0")->toolTip(4)));
        QVERIFY(button("Get")->isEnabled());  // to be tried again
        QVERIFY(bench_->session.work().models.isEmpty());
    }

    void fetching_canBeCancelled() {
        script("echo '@ 0 1'; echo '== Fetching it'; exec sleep 300");
        ask();
        tick("Phantom weak");
        QTest::mouseClick(button("Get"), Qt::LeftButton);
        QTRY_VERIFY(row("Phantom weak")->text(4).contains("Fetching it"));
        QVERIFY(button("Cancel fetching")->isVisible());
        QTest::mouseClick(button("Cancel fetching"), Qt::LeftButton);
        QTRY_COMPARE(row("Phantom weak")->text(4), QString("cancelled"));
        QCOMPARE(bench_->jobs.activeCount(), 0);
        QVERIFY(!button("Cancel fetching")->isVisible());
    }

    void withoutTheScript_theCommandIsTold() {
        qputenv("DISCERN_SCRIPTS", sandbox_->path("nowhere").toUtf8());
        ask();
        tick("Phantom cheat");
        QTest::mouseClick(button("Get"), Qt::LeftButton);
        QVERIFY2(row("Phantom cheat")->toolTip(4).contains("models/get.sh phantom-cheat"), qPrintable(row("Phantom cheat")->toolTip(4)));
    }
};

QTEST_MAIN(TestGetModelsDialog)
#include "test_get_models_dialog.moc"
