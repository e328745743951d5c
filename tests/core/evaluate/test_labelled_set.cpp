#include <sys/stat.h>
#include <unistd.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>
#include <filesystem>

#include "core/error.h"
#include "core/evaluate/labelled_set.h"
#include "core/text/csv_rows.h"
#include "core/text/natural_order.h"

using namespace discern;

namespace {

namespace fs = std::filesystem;
using Texts = std::vector<std::string>;

const QByteArray kPng("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);

/// A folder for one test, with files as they are asked for.
class Folder {
public:
    explicit Folder(const Texts& files = {}) {
        for (const std::string& file : files) add(file);
    }

    void add(const std::string& name, const QByteArray& contents = kPng) const {
        const QString path = QString::fromStdString(this->path(name).string());
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(contents) != contents.size())
            qFatal("cannot write a test's file");
    }
    [[nodiscard]] fs::path path(const std::string& name = "") const {
        return name.empty() ? fs::path(folder_.path().toStdString()) : fs::path(folder_.path().toStdString()) / name;
    }

private:
    QTemporaryDir folder_;
};

Texts files(const LabelledSet& set) {
    Texts all;
    for (const LabelledImage& image : set.images) all.push_back(image.file);
    return all;
}

/// Why a file counts nowhere; all reasons where it is listed several times.
std::string why(const LabelledSet& set, const std::string& file) {
    std::string all;
    for (const ExcludedFile& one : set.excluded) all += one.file == file ? one.why + "\n" : "";
    return all;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string refusal(const fs::path& dataset, const fs::path& masks = {}) {
    try {
        (void)readLabelledSet(dataset, masks);
    } catch (const Error& error) {
        return error.kind() == ErrorKind::Input ? error.what() : "";
    }
    return "";
}

}  // namespace

/// Folders and tables as labelled sets.
class TestLabelledSet : public QObject {
    Q_OBJECT

private slots:
    void naturalOrder() {
        const Texts sorted{"", "0", "00", "1", "2", "02b", "10", "a", "A1", "a2", "A10", "a10b", "b", "ä"};
        for (std::size_t i = 0; i < sorted.size(); ++i) {
            for (std::size_t j = 0; j < sorted.size(); ++j) {
                QVERIFY2(naturalLess(sorted[i], sorted[j]) == (i < j), (sorted[i] + " " + sorted[j]).c_str());
            }
        }
    }

    void rowsOfATable() {
        const std::vector<CsvRow> rows = csvRows(
            "\xef\xbb\xbf"
            "a,b\r\n\n\"x,\"\"y\"\"\nz\",\n,\"\"\rlast");
        QCOMPARE(rows.size(), 4u);
        QCOMPARE(rows[0].values, (Texts{"a", "b"}));
        QCOMPARE(rows[1].values, (Texts{"x,\"y\"\nz", ""}));
        QCOMPARE(rows[1].number, 3u);
        QCOMPARE(rows[2].values, (Texts{"", ""}));
        QCOMPARE(rows[3].values, (Texts{"last"}));
        QVERIFY(!csvRows("a,\"b\nc,d").front().closed);
        QVERIFY(csvRows("").empty());
        QCOMPARE(csvRows("a,").front().values, (Texts{"a", ""}));
    }

    void phantom() {
        const LabelledSet set = readLabelledSet(fs::path(DISCERN_SOURCE_DIR) / "models/phantom/confounded");
        QCOMPARE(set.images.size(), 200u);
        QCOMPARE(set.labels, (Texts{"healthy", "ill"}));
        QVERIFY(set.excluded.empty());
        for (const LabelledImage& image : set.images) {
            QCOMPARE(image.mask.empty(), image.label == "healthy");
            if (!image.mask.empty()) QCOMPARE(image.mask, image.file.substr(0, image.file.size() - 4) + ".mask.png");
        }
    }

    void classesAndImagesInNaturalOrder() {
        const Folder folder({"10/x10.png", "10/x9.JPG", "2/sub/deep/a.webp", "2/b.tif", "1/a.jpeg"});
        const LabelledSet set = readLabelledSet(folder.path());
        QCOMPARE(set.labels, (Texts{"1", "2", "10"}));
        QCOMPARE(files(set), (Texts{"1/a.jpeg", "2/b.tif", "2/sub/deep/a.webp", "10/x9.JPG", "10/x10.png"}));
        QCOMPARE(set.images[2].label, std::string("2"));
        QCOMPARE(set.folder, folder.path().string());
        QCOMPARE(readLabelledSet(folder.path().string() + "/").folder, folder.path().string());
    }

    void strayFilesAreListed() {
        const Folder folder({"a/1.png", "a/.DS_Store", "a/._1.png", "a/Thumbs.db", "desktop.ini", ".hidden/2.png",
                             "a/.2.png", "lies.png", "strays/.DS_Store"});
        folder.add("a/notes.txt", "some words");
        folder.add("a/moving", "GIF89a....");
        folder.add("a/picture");
        fs::create_directories(folder.path("empty"));
        fs::create_directories(folder.path("a/empty too"));
        const LabelledSet set = readLabelledSet(folder.path());
        QCOMPARE(files(set), (Texts{"a/1.png", "a/picture"}));
        QCOMPARE(set.labels, (Texts{"a"}));
        QVERIFY(has(why(set, "a/.DS_Store"), "macOS"));
        QVERIFY(has(why(set, "a/._1.png"), "macOS"));
        QVERIFY(has(why(set, "a/Thumbs.db"), "Windows"));
        QVERIFY(has(why(set, "desktop.ini"), "Windows"));
        QVERIFY(has(why(set, ".hidden"), "hidden"));
        QVERIFY(has(why(set, "a/.2.png"), "hidden"));
        QVERIFY(has(why(set, "lies.png"), "beside the folders"));
        QCOMPARE(why(set, "a/notes.txt"), std::string("no picture\n"));
        QVERIFY(has(why(set, "a/moving"), "a GIF file"));
        QCOMPARE(why(set, "empty"), std::string("an empty folder\n"));
        QCOMPARE(why(set, "a/empty too"), std::string("an empty folder\n"));
        QCOMPARE(why(set, "strays"), std::string("a folder without images\n"));
        QCOMPARE(set.excluded.size(), 13u);
    }

    void aTableOfSeveralLabels_unitesRowsAndSemicolons() {
        Folder folder;
        for (const char* file : {"set/1.png", "set/2.png", "set/3.png", "set/4.png"}) folder.add(file);
        folder.add("set/t.csv", "file,labels\n1.png,dog; cat\n2.png,cat\n2.png,dog\n2.png,cat\n3.png,\n4.png,;bird;;bird\n");
        const LabelledSet set = readLabelledSet(folder.path("set/t.csv"));
        QVERIFY(set.several);
        QCOMPARE(set.labels, (Texts{"bird", "cat", "dog"}));
        std::map<std::string, std::string> labels;
        for (const LabelledImage& image : set.images) labels[image.file] = image.label;
        QCOMPARE(labels, (std::map<std::string, std::string>{{"1.png", "dog;cat"}, {"2.png", "cat;dog"}, {"3.png", ""}, {"4.png", "bird"}}));
        QVERIFY(set.excluded.empty());
    }

    void linksStayInTheFolder() {
        const Folder outside({"b/secret.png"});
        const Folder folder({"a/1.png"});
        folder.add("a/.store/real.png");
        fs::create_symlink(outside.path("b/secret.png"), folder.path("a/out.png"));
        fs::create_directory_symlink(outside.path("b"), folder.path("out"));
        fs::create_directory_symlink("..", folder.path("a/up"));
        fs::create_symlink("self.png", folder.path("a/self.png"));
        fs::create_symlink("nowhere.png", folder.path("a/dead.png"));
        fs::create_symlink("1.png", folder.path("a/again.png"));
        for (const char* name : {"a/4.png", "a/2.png", "a/3.png"})
            fs::create_symlink(".store/real.png", folder.path(name));
        const LabelledSet set = readLabelledSet(folder.path());
        QCOMPARE(files(set), (Texts{"a/1.png", "a/2.png"}));
        QVERIFY(has(why(set, "a/out.png"), "leaves the folder"));
        QVERIFY(has(why(set, "out"), "leaves the folder"));
        QVERIFY(has(why(set, "a/up"), "link to a folder"));
        QVERIFY(has(why(set, "a/self.png"), "circle"));
        QVERIFY(has(why(set, "a/dead.png"), "nowhere"));
        QVERIFY(has(why(set, "a/again.png"), "a link to a/1.png, which counts already"));
        QVERIFY(has(why(set, "a/3.png"), "counts already"));
        QVERIFY(has(why(set, "a/4.png"), "counts already"));
    }

    void pipesAndNamesOutsideUtf8() {
        const Folder folder({"a/1.png", "Größe/ä.png"});
        QCOMPARE(::mkfifo(folder.path("a/pipe.png").c_str(), 0600), 0);
        fs::copy_file(folder.path("a/1.png"), folder.path("a/\xff.png"));
        const LabelledSet set = readLabelledSet(folder.path());
        fs::remove(folder.path("a/\xff.png"));  // Qt cannot
        QCOMPARE(files(set), (Texts{"a/1.png", "Größe/ä.png"}));
        QVERIFY(has(why(set, "a/pipe.png"), "pipe"));
        QVERIFY(has(why(set, "a/?.png"), "UTF-8"));
    }

    void foldersThatCannotBeRead() {
        if (::geteuid() == 0) QSKIP("the superuser may read everything");
        const Folder folder({"a/1.png", "b/1.png"});
        fs::permissions(folder.path("b"), fs::perms::none);
        const LabelledSet set = readLabelledSet(folder.path());
        fs::permissions(folder.path("b"), fs::perms::owner_all);
        QCOMPARE(set.labels, (Texts{"a"}));
        QVERIFY(has(why(set, "b"), "cannot be read"));
    }

    void masksBeside() {
        const Folder folder({"a/1.jpg", "a/1.mask.png", "a/2.mask.png", "b/3.png"});
        const LabelledSet set = readLabelledSet(folder.path());
        QCOMPARE(files(set), (Texts{"a/1.jpg", "b/3.png"}));
        QCOMPARE(set.images[0].mask, std::string("a/1.mask.png"));
        QVERIFY(set.images[1].mask.empty());
        QVERIFY(has(why(set, "a/2.mask.png"), "image is missing"));
    }

    void masksInAFolder() {
        const Folder folder({"set/a/1.jpg", "set/a/2.png", "set/a/3.png", "set/a/3.mask.png", "m/a/1.png", "m/a/2.png",
                             "m/a/gone.png", "m/.DS_Store"});
        const LabelledSet set = readLabelledSet(folder.path("set"), folder.path("m"));
        QCOMPARE(set.images.size(), 3u);
        QCOMPARE(set.images[0].mask, std::string("a/1.png"));
        QCOMPARE(set.images[1].mask, std::string("a/2.png"));
        QVERIFY(set.images[2].mask.empty());
        QVERIFY(has(why(set, "m/a/gone.png"), "image is missing"));
        QVERIFY(has(why(set, "m/.DS_Store"), "macOS"));
        QVERIFY(has(why(set, "a/3.mask.png"), "another folder"));
        QVERIFY(has(refusal(folder.path("set"), folder.path("none")), "none"));
    }

    void aFolderOfMasksWithinTheSetIsNoClass() {
        const Folder folder({"a/1.png", "masks/a/1.png"});
        const LabelledSet set = readLabelledSet(folder.path(), folder.path("masks"));
        QCOMPARE(set.labels, (Texts{"a"}));
        QCOMPARE(set.images[0].mask, std::string("a/1.png"));
        QVERIFY(set.excluded.empty());
        // An image is never its own mask.
        QVERIFY(readLabelledSet(folder.path(), folder.path()).images[0].mask.empty());
    }

    void table_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("heading") << QByteArray("file,label\n1.png,b\nsub/2.png,a\n");
        QTest::newRow("none") << QByteArray("1.png,b\nsub/2.png,a");
        QTest::newRow("mark and CRLF") << QByteArray(
            "\xef\xbb\xbf"
            "File,Label\r\n1.png,b\r\nsub/2.png,a\r\n");
        QTest::newRow("quotes") << QByteArray("\"file\",\"label\"\n\"1.png\",\"b\"\n\"sub/2.png\",a\n\n");
        QTest::newRow("other order") << QByteArray("id,label,file\n1,b,1.png\n2,a,sub/2.png\n");
        QTest::newRow("Windows") << QByteArray("file,label\n.\\1.png, b \nsub\\2.png,a\n");
    }

    void table() {
        QFETCH(QByteArray, text);
        const Folder folder({"1.png", "sub/2.png", "1.mask.png"});
        folder.add("labels.csv", text);
        const LabelledSet set = readLabelledSet(folder.path("labels.csv"));
        QCOMPARE(set.labels, (Texts{"a", "b"}));
        QCOMPARE(files(set), (Texts{"sub/2.png", "1.png"}));
        QCOMPARE(set.images[1].mask, std::string("1.mask.png"));
        QCOMPARE(set.folder, folder.path().string());
        QVERIFY(set.excluded.empty());
    }

    void rowsThatCountNowhere() {
        const Folder outside({"x.png"});
        const Folder folder({"set/1.png", "set/2.png", "set/3.png", "set/a.mask.png", "out.png", "set/ä, b.png"});
        fs::create_symlink(outside.path("x.png"), folder.path("set/link.png"));
        folder.add("set/t.csv",
                   "file,label\n"
                   "1.png,a\n"
                   "./1.png,a\n"
                   "2.png,a\n"
                   "2.png,b\n"
                   "gone.png,a\n"
                   "../out.png,a\n" +
                       QByteArray::fromStdString(folder.path("set/3.png").string()) +
                       ",a\n"
                       "3.png,\n"
                       ",a\n"
                       "3.png\n"
                       "link.png,a\n"
                       "a.mask.png,a\n"
                       ".,a\n"
                       "3.png,\xff\n"
                       "\"ä, b.png\",\"x\"\"y\"\n"
                       "\"3.png,a\n");
        const LabelledSet set = readLabelledSet(folder.path("set/t.csv"));
        QCOMPARE(files(set), (Texts{"1.png", "ä, b.png"}));
        QCOMPARE(set.labels, (Texts{"a", "x\"y"}));
        QVERIFY(has(why(set, "1.png"), "row 3 names it again with the label of row 2; it counts once"));
        QVERIFY(has(why(set, "2.png"), "row 4 labels it \"a\", row 5 \"b\""));
        QVERIFY(has(why(set, "gone.png"), "row 6: there is no such file"));
        QVERIFY(has(why(set, "../out.png"), "row 7: the file leaves"));
        QVERIFY(has(why(set, folder.path("set/3.png").string()), "row 8: the path is absolute"));
        QVERIFY(has(why(set, "3.png"), "row 9 gives no label"));
        QVERIFY(has(why(set, "t.csv"), "row 10 names no file"));
        QVERIFY(has(why(set, "t.csv"), "row 11 has 1 column instead of 2"));
        QVERIFY(has(why(set, "link.png"), "row 12: a link that leaves"));
        QVERIFY(has(why(set, "a.mask.png"), "row 13: a mask"));
        QVERIFY(has(why(set, "."), "row 14: it is a folder"));
        QVERIFY(has(why(set, "3.png"), "row 15 is not UTF-8"));
        QVERIFY(has(why(set, "t.csv"), "row 17 opens a quote"));
        QCOMPARE(set.excluded.size(), 13u);
    }

    void aFolderWithItsTable() {
        const Folder folder({"1.png", "2.png", "1.mask.png"});
        folder.add("labels.csv", "1.png,a\n");
        const LabelledSet set = readLabelledSet(folder.path());
        QCOMPARE(files(set), (Texts{"1.png"}));
        QCOMPARE(set.images[0].mask, std::string("1.mask.png"));
        QVERIFY(has(why(set, "2.png"), "not named in labels.csv"));
        QCOMPARE(set.excluded.size(), 1u);
        folder.add("other.csv", "2.png,a\n");
        QVERIFY(has(refusal(folder.path()), "several tables"));
        // Sub-folders with images are classes, whatever tables lie beside them.
        folder.add("c/3.png");
        QCOMPARE(readLabelledSet(folder.path()).labels, (Texts{"c"}));
        QVERIFY(has(why(readLabelledSet(folder.path()), "labels.csv"), "choose the table itself"));
    }

    void setsWithoutImages() {
        const Folder folder;
        const std::string empty = refusal(folder.path());
        QVERIFY(has(empty, folder.path().string()) && has(empty, "it is empty") && has(empty, "sub-folder"));
        folder.add("1.png");
        folder.add("2.png");
        fs::create_directories(folder.path("a"));
        folder.add("b/x.txt", "words");
        const std::string flat = refusal(folder.path());
        QVERIFY2(has(flat, "1.png (lies beside") && has(flat, "more"), flat.c_str());
        QVERIFY(has(refusal(folder.path("none")), "there is no file or folder"));
        QVERIFY(has(refusal(folder.path("1.png")), "no CSV table"));
        folder.add("u.csv", QByteArray("\xff\xfe"
                                       "a\0",
                                       4));
        QVERIFY(has(refusal(folder.path("u.csv")), "UTF-16"));
        folder.add("e.csv", "file,label\n");
        QVERIFY(has(refusal(folder.path("e.csv")), "e.csv"));
        folder.add("semicolon.csv", "1.png;a\n");
        QVERIFY(has(refusal(folder.path("semicolon.csv")), "one comma"));
    }
};

QTEST_GUILESS_MAIN(TestLabelledSet)
#include "test_labelled_set.moc"
