#include "core/record/paths.h"

#include <QtTest>

using namespace discern;

class TestPaths : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void file_isToldByName() {
        QCOMPARE(toldAs(std::filesystem::path("/home/ann/scans/cat.png"), Paths::Names), std::string("cat.png"));
        QCOMPARE(toldAs(std::filesystem::path("/home/ann/scans/"), Paths::Names), std::string("scans"));
        QCOMPARE(toldAs(std::filesystem::path("/home/ann/cat.png"), Paths::Whole), std::string("/home/ann/cat.png"));
    }

    void text_losesTheFoldersOfTheGivenFiles() {
        const std::string text = "cannot read /media/ann lee/a b/seg.npy: 'data/x.png' beside /media/ann lee/cat.png";
        QCOMPARE(toldAs(text, {"/media/ann lee/a b/seg.npy", "/media/ann lee/cat.png", "a/x.png", "plain.png"},
                        Paths::Names),
                 std::string("cannot read seg.npy: 'data/x.png' beside cat.png"));
        QCOMPARE(toldAs(text, {"/media/ann lee/cat.png"}, Paths::Whole), text);
    }

    void text_losesTheHomeFolder() {
        qputenv("HOME", "/home/ann");
        QCOMPARE(toldAs(std::string("no /home/ann/m.pt, nor /mnt/home/ann/m.pt"), {}, Paths::Names),
                 std::string("no ~/m.pt, nor /mnt/home/ann/m.pt"));
    }
};

QTEST_GUILESS_MAIN(TestPaths)
#include "test_paths.moc"
