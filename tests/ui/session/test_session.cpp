#include "ui/session/session.h"

#include <QSignalSpy>

#include "core/explain/method.h"
#include "ui/support.h"

using namespace discern;

class TestSession : public QObject {
    Q_OBJECT

    testing::Sandbox sandbox_;

private Q_SLOTS:
    void init() {
        jobs_ = std::make_unique<JobQueue>();
        library_ = std::make_unique<Library>(*jobs_);
        session_ = std::make_unique<Session>(*library_);
    }
    void cleanup() {
        jobs_->stop();
        session_.reset();
        library_.reset();
        jobs_.reset();
    }

    void addingPictures_choosesTheFirstAndCanBeUndone() {
        session_->addPictures({sandbox_.picture("a.png"), sandbox_.picture("b.png")});
        const QVector<int> both = session_->work().pictures;
        QCOMPARE(both.size(), 2);
        QCOMPARE(session_->currentPicture(), both.first());
        session_->undoStack().undo();
        QVERIFY(session_->work().pictures.isEmpty());
        QCOMPARE(session_->currentPicture(), 0);
        session_->undoStack().redo();
        QCOMPARE(session_->work().pictures, both);
    }

    void theSamePathTwice_isOnePicture() {
        const QString path = sandbox_.picture("a.png");
        session_->addPictures({path});
        session_->addPictures({path});
        QCOMPARE(session_->work().pictures.size(), 1);
        QCOMPARE(session_->undoStack().count(), 1);
    }

    void removingTheCurrentPicture_choosesItsNeighbour() {
        session_->addPictures({sandbox_.picture("a.png"), sandbox_.picture("b.png"), sandbox_.picture("c.png")});
        const QVector<int> ids = session_->work().pictures;
        session_->setCurrentPicture(ids[1]);
        session_->removePictures({ids[1]});
        QCOMPARE(session_->currentPicture(), ids[2]);
        session_->removePictures({ids[2]});
        QCOMPARE(session_->currentPicture(), ids[0]);
    }

    void pictureIsDecodedAsAJob() {
        QSignalSpy changed(library_.get(), &Library::pictureChanged);
        session_->addPictures({sandbox_.picture("a.png", 50, 40)});
        const int id = session_->currentPicture();
        QCOMPARE(library_->picture(id)->state, LoadState::Loading);
        QTRY_COMPARE(library_->picture(id)->state, LoadState::Ready);
        QCOMPARE(library_->picture(id)->size, QSize(50, 40));
        QCOMPARE(library_->picture(id)->thumbnail.size(), Library::kThumbnail);
        QVERIFY(!changed.isEmpty());
    }

    void brokenPicture_keepsItsErrorAndNamesTheFile() {
        QSignalSpy failed(library_.get(), &Library::failed);
        session_->addPictures({sandbox_.file("broken.png", "this is no picture")});
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(library_->picture(session_->currentPicture())->state, LoadState::Failed);
        QVERIFY2(failed[0][0].toString().contains("broken.png"), qPrintable(failed[0][0].toString()));
    }

    void models_getMarkersThatTheyKeep() {
        session_->addModels({sandbox_.file("a.pt", "x"), sandbox_.file("b.pt", "x"), sandbox_.file("c.pt", "x")});
        const QVector<ModelChoice> models = session_->work().models;
        QCOMPARE(models[2].marker, 2);
        session_->removeModels({models[1].id});
        QCOMPARE(session_->work().models[1].marker, 2);
        session_->addModels({sandbox_.file("d.pt", "x")});
        QCOMPARE(session_->work().models[2].marker, 1);
    }

    void editsOfOneParameter_areOneStepOfUndo() {
        const QString method = QString::fromStdString(methods().front().name);
        session_->setMethodParameter(method, "samples", "100");
        session_->setMethodParameter(method, "samples", "200");
        session_->setMethodParameter(method, "other", "1");
        QCOMPARE(session_->undoStack().count(), 2);
        session_->undoStack().undo();
        QCOMPARE(session_->method(method)->parameters.value("samples"), QString("200"));
        session_->undoStack().undo();
        QVERIFY(session_->method(method)->parameters.isEmpty());
    }

    void eachChange_tellsOnlyOfItself() {
        QSignalSpy pictures(session_.get(), &Session::picturesChanged);
        QSignalSpy models(session_.get(), &Session::modelsChanged);
        QSignalSpy methodsSpy(session_.get(), &Session::methodsChanged);
        QSignalSpy target(session_.get(), &Session::targetChanged);
        TargetChoice choice;
        choice.of = TargetChoice::Of::OneClass;
        choice.target = {3, "disc"};
        session_->setTarget(choice);
        QCOMPARE(target.size(), 1);
        QCOMPARE(pictures.size() + models.size() + methodsSpy.size(), 0);
        session_->setTarget(choice);
        QCOMPARE(target.size(), 1);
    }

    void everyChange_isTold() {
        QSignalSpy changed(session_.get(), &Session::changed);
        int told = 0;
        const auto tells = [&] { return changed.size() > std::exchange(told, static_cast<int>(changed.size())); };
        session_->addPictures({sandbox_.picture("a.png")});
        QVERIFY(tells());
        session_->setSeed(5);
        QVERIFY(tells());
        session_->undoStack().undo();
        QVERIFY(tells());
        session_->setView({.linked = false});
        QVERIFY(tells());
        session_->setView({.linked = false});
        QVERIFY(!tells());
        session_->setCompute({Device::Cpu, Precision::Fp32});
        QVERIFY(tells());
        session_->setAutoRun(AutoRun::Never);
        QVERIFY(tells());
        session_->select(1, "lime");
        QVERIFY(tells());
    }

    void state_namesPicturesByPathAndDigest() {
        const QString path = sandbox_.picture("a.png");
        session_->addPictures({sandbox_.picture("b.png"), path});
        session_->setCurrentPicture(session_->work().pictures[1]);
        QTRY_COMPARE(library_->picture(session_->currentPicture())->state, LoadState::Ready);
        const WorkspaceState state = session_->state();
        QCOMPARE(state.view.picture, 1);
        QCOMPARE(state.work.pictures[1].path, path);
        QCOMPARE(state.work.pictures[1].sha256.size(), 64);
        QCOMPARE(state.view.model, -1);
    }

    void displayIsNotUndone() {
        DisplaySettings display;
        display.opacity = 0.2;
        session_->setDisplay(display);
        QCOMPARE(session_->undoStack().count(), 0);
    }

private:
    std::unique_ptr<JobQueue> jobs_;
    std::unique_ptr<Library> library_;
    std::unique_ptr<Session> session_;
};

QTEST_MAIN(TestSession)
#include "test_session.moc"
