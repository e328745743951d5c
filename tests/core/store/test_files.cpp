#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "core/error.h"
#include "core/store/files.h"

using namespace discern;

class TestFiles : public QObject {
    Q_OBJECT

private slots:
    void sha256_equalsThePublishedVectors();
    void written_readsBack();
    void writing_leavesNoTemporaryFile();
    void failedWriting_leavesTheOldFileWhole();
    void fullDisk_isNamedWithItsRemedy();
    void folderInTheWay_isRefused();
    void fileInPlaceOfAFolder_isRefused();
    void tooLargeFile_isRefusedWithBothSizes();
    void pipe_isRefusedWithoutWaiting();
    void dataFolder_followsXdg();
    void grouped_setsThousandsApart();

private:
    std::filesystem::path path(const std::string& name) const {
        return std::filesystem::path(folder_.path().toStdString()) / name;
    }

    QTemporaryDir folder_;
};

void TestFiles::sha256_equalsThePublishedVectors() {
    const std::string abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    QCOMPARE(sha256OfBytes("abc", 3), abc);
    std::ofstream(path("abc")) << "abc";
    QCOMPARE(sha256OfFile(path("abc")), abc);
}

void TestFiles::written_readsBack() {
    const std::string contents("a\0b", 3);
    writeFileSafely(path("new/folder/file"), contents);
    QCOMPARE(readFile(path("new/folder/file")), contents);
    writeFileSafely(path("new/folder/file"), "other");
    QCOMPARE(readFile(path("new/folder/file")), std::string("other"));
}

void TestFiles::writing_leavesNoTemporaryFile() {
    writeFileSafely(path("alone/file"), "x");
    QCOMPARE(std::distance(std::filesystem::directory_iterator(path("alone")), {}), 1);
}

void TestFiles::failedWriting_leavesTheOldFileWhole() {
    writeFileSafely(path("kept/file"), "old");
    std::filesystem::create_directory(path("kept/other"));
    QVERIFY_EXCEPTION_THROWN(writeFileSafely(path("kept/other"), "new"), Error);
    QCOMPARE(readFile(path("kept/file")), std::string("old"));
    QCOMPARE(std::distance(std::filesystem::directory_iterator(path("kept")), {}), 2);
}

void TestFiles::fullDisk_isNamedWithItsRemedy() {
    if (!std::filesystem::exists("/dev/full")) {
        QSKIP("this machine has no /dev/full");
    }
    try {
        writeFileSafely("/dev/full", "x");
        QFAIL("a full disk took a byte");
    } catch (const Error& error) {
        QCOMPARE(error.kind(), ErrorKind::Run);
        QCOMPARE(error.what(), "cannot write /dev/full: the disk is full; free some space or choose another folder");
    }
    QVERIFY(std::filesystem::is_character_file("/dev/full"));
}

void TestFiles::folderInTheWay_isRefused() {
    try {
        writeFileSafely(folder_.path().toStdString(), "x");
        QFAIL("a folder was overwritten");
    } catch (const Error& error) {
        QVERIFY(QString(error.what()).contains("a folder has that name"));
    }
}

void TestFiles::fileInPlaceOfAFolder_isRefused() {
    std::ofstream(path("plain")) << "x";
    QVERIFY_EXCEPTION_THROWN(writeFileSafely(path("plain/file"), "x"), Error);
    QVERIFY_EXCEPTION_THROWN(makeFolder(path("plain")), Error);
}

void TestFiles::tooLargeFile_isRefusedWithBothSizes() {
    std::ofstream(path("large")) << std::string(5000, 'x');
    try {
        static_cast<void>(readFile(path("large"), 1000));
        QFAIL("more was read than allowed");
    } catch (const Error& error) {
        QVERIFY(QString(error.what()).contains("5,000"));
        QVERIFY(QString(error.what()).contains("1,000"));
    }
}

void TestFiles::pipe_isRefusedWithoutWaiting() {
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(readFile("/dev/zero")), Error);
}

void TestFiles::dataFolder_followsXdg() {
    const QByteArray before = qgetenv("XDG_DATA_HOME");
    qputenv("XDG_DATA_HOME", "/somewhere");
    QCOMPARE(dataFolder(), std::filesystem::path("/somewhere/discern"));
    qputenv("XDG_DATA_HOME", "relative/is/invalid");
    QVERIFY(dataFolder().is_absolute());
    before.isNull() ? qunsetenv("XDG_DATA_HOME") : qputenv("XDG_DATA_HOME", before);
}

void TestFiles::grouped_setsThousandsApart() {
    QCOMPARE(grouped(0), std::string("0"));
    QCOMPARE(grouped(999), std::string("999"));
    QCOMPARE(grouped(12288), std::string("12,288"));
    QCOMPARE(grouped(1000000), std::string("1,000,000"));
}

QTEST_APPLESS_MAIN(TestFiles)
#include "test_files.moc"
