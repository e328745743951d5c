#include <sys/stat.h>

#include "ui/session/files/file_kind.h"

#include "ui/support.h"

using namespace discern;

class TestFileKind : public QObject {
    Q_OBJECT

    testing::Sandbox sandbox_;

private Q_SLOTS:
    void archives_areModelsWhateverTheirName() {
        QCOMPARE(kindOf(sandbox_.file("model.jpg", "PK\x03\x04 rest")), FileKind::Model);
    }
    void pictures_arePicturesWhateverTheirName() {
        QFile::copy(sandbox_.picture("photo.png"), sandbox_.path("photo.dat"));
        QCOMPARE(kindOf(sandbox_.path("photo.dat")), FileKind::Picture);
    }
    void emptyModel_isStillNamedAsAModel() {
        for (const char* name : {"empty.pt", "empty.onnx", "empty.pt2"})
            QCOMPARE(kindOf(sandbox_.file(name, {})), FileKind::Model);
    }
    void whatIsNotThere_isMissing() { QCOMPARE(kindOf(sandbox_.path("nowhere.png")), FileKind::Missing); }
    void pipe_isNotWaitedFor() {
        const QByteArray pipe = sandbox_.path("pipe.png").toLocal8Bit();
        QCOMPARE(::mkfifo(pipe.constData(), 0600), 0);
        QCOMPARE(kindOf(sandbox_.path("pipe.png")), FileKind::Picture);
    }
    void folder_givesItsPicturesInTheOrderOfTheirNumbers() {
        QDir().mkdir(sandbox_.path("folder"));
        for (const char* name : {"folder/10.png", "folder/9.png"})
            static_cast<void>(sandbox_.picture(name));
        static_cast<void>(sandbox_.file("folder/notes.txt", "text"));
        const SortedPaths sorted = sortPaths({sandbox_.path("folder")}, Progress());
        QCOMPARE(sorted.pictures, QStringList({sandbox_.path("folder/9.png"), sandbox_.path("folder/10.png")}));
        QVERIFY(sorted.models.isEmpty());
    }
};

QTEST_MAIN(TestFileKind)
#include "test_file_kind.moc"
