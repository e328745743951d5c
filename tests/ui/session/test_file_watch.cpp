#include "ui/session/file_watch.h"

#include <QSignalSpy>
#include <chrono>

#include "ui/session/workbench.h"
#include "ui/support.h"

using namespace discern;

class TestFileWatch : public QObject {
    Q_OBJECT

    std::unique_ptr<testing::Sandbox> sandbox_;
    std::unique_ptr<Workbench> bench_;

    [[nodiscard]] const PictureEntry& picture() const { return *bench_->library.picture(bench_->session.currentPicture()); }
    void later(const QString& path) const {
        std::filesystem::last_write_time(path.toStdString(), std::filesystem::file_time_type::clock::now() + std::chrono::seconds(2));
    }
    void check() {
        bench_->fileWatch.check();
        QTRY_VERIFY(!bench_->fileWatch.checking());
    }

private Q_SLOTS:
    void init() {
        sandbox_ = std::make_unique<testing::Sandbox>();
        QSettings().clear();
        bench_ = std::make_unique<Workbench>();
    }
    void cleanup() { bench_.reset(); }

    void changedPicture_isToldOnce_andOpenedAgainOnDemand() {
        const QString path = sandbox_->picture("a.png", 60, 40);
        bench_->openPictures({path});
        QTRY_VERIFY(!picture().image.isNull());
        QSignalSpy told(bench_.get(), &Workbench::changedOnDisk);
        static_cast<void>(sandbox_->picture("a.png", 80, 50));
        later(path);
        bench_->fileWatch.check();
        QTRY_VERIFY(picture().changed);
        QCOMPARE(picture().size, QSize(60, 40));
        check();
        QCOMPARE(told.size(), 1);
        QVERIFY(told[0][0].toString().contains("a.png"));
        bench_->retryFailed();
        QTRY_COMPARE(picture().size, QSize(80, 50));
        QVERIFY(!picture().changed);
        QTRY_COMPARE(picture().image.size(), QSize(80, 50));
        check();
        QVERIFY(!picture().changed);
    }

    void fileThatWasOnlyTouched_isTheSame() {
        const QString path = sandbox_->picture("a.png");
        bench_->openPictures({path});
        QTRY_VERIFY(!picture().image.isNull());
        later(path);
        check();
        QVERIFY(!picture().changed);
    }

    void vanishedFile_changesNothing() {
        const QString path = sandbox_->picture("a.png");
        bench_->openPictures({path});
        QTRY_VERIFY(!picture().image.isNull());
        QVERIFY(QFile::remove(path));
        check();
        QVERIFY(!picture().changed && !picture().image.isNull());
    }

    void changedModel_marksItsColumn_untilItIsOpenedAgain() {
        SKIP_WITHOUT_SMALL_MODEL();
        const QString path = sandbox_->path("m.pt");
        QVERIFY(QFile::copy(testing::smallModel(), path));
        bench_->openModels({path});
        bench_->openPictures({sandbox_->picture("a.png")});
        bench_->session.setMethodEnabled("grad_cam", true);
        QTRY_VERIFY(bench_->settled());
        const int id = bench_->session.work().models[0].id;
        const std::string sha256 = bench_->library.model(id)->model->sha256();
        QVERIFY(QFile::remove(path) && QFile::copy(testing::smallModel("shapes-shortcut.pt"), path));
        later(path);
        bench_->fileWatch.check();
        QTRY_VERIFY(bench_->library.model(id)->changed);
        QVERIFY(bench_->grid.content().columns[0].model.contains("old"));
        bench_->retryFailed();
        QTRY_VERIFY(bench_->library.model(id)->model && bench_->library.model(id)->model->sha256() != sha256);
        QVERIFY(!bench_->grid.content().columns[0].model.contains("old"));
        QTRY_COMPARE(bench_->explanations.count(bench_->session.currentPicture()).done, 1);
    }

    void changedCard_marksItsModel_untilItIsOpenedAgain() {
        SKIP_WITHOUT_SMALL_MODEL();
        const QString path = sandbox_->path("m.pt");
        QVERIFY(QFile::copy(testing::smallModel(), path));
        bench_->openModels({path});
        QTRY_VERIFY(bench_->settled());
        const int id = bench_->session.work().models[0].id;
        nlohmann::json card = bench_->library.model(id)->model->card().original;
        card["name"] = "as it was";
        const QString place = sandbox_->file("m.card.json", QByteArray::fromStdString(card.dump()));
        check();
        QVERIFY(bench_->library.model(id)->changed);
        bench_->retryFailed();
        QTRY_VERIFY(bench_->settled());
        QCOMPARE(bench_->library.model(id)->name, QString("as it was"));

        later(place);
        check();
        QVERIFY(!bench_->library.model(id)->changed);
        card["input"]["mean"] = {9, 9, 9};
        static_cast<void>(sandbox_->file("m.card.json", QByteArray::fromStdString(card.dump())));
        check();
        QVERIFY(bench_->library.model(id)->changed);
    }

    void pixelsOfAChangedFile_areNeverExplainedAsTheOldOnes() {
        SKIP_WITHOUT_SMALL_MODEL();
        bench_->openModels({testing::smallModel()});
        const QString second = sandbox_->picture("b.png");
        bench_->openPictures({sandbox_->picture("a.png"), second});
        QTRY_VERIFY(bench_->settled());
        const int id = bench_->session.work().pictures[1];
        const QString sha256 = bench_->library.picture(id)->sha256;
        bench_->library.retain({bench_->session.currentPicture()}, {});  // its pixels are let go
        static_cast<void>(sandbox_->picture("b.png", 50, 50));
        QVERIFY_THROWS_EXCEPTION(Error, static_cast<void>(bench_->library.pixelsOf(id)()));
    }
};

QTEST_MAIN(TestFileWatch)
#include "test_file_watch.moc"
