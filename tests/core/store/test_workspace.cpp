#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include "core/error.h"
#include "core/store/workspace.h"

using namespace discern;

/// The file that keeps results as they come.
class TestWorkspace : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;

    [[nodiscard]] std::filesystem::path at(const QString& name) const { return folder_.filePath(name).toStdString(); }
    [[nodiscard]] QByteArray bytes(const QString& name) const {
        QFile file(folder_.filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void write(const QString& name, const QByteArray& content) const {
        QFile file(folder_.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }
    [[nodiscard]] QString refusal(const QString& name) const {
        try {
            static_cast<void>(Workspace::open(at(name)));
        } catch (const Error& error) {
            return error.kind() == ErrorKind::Input ? QString(error.what()) : QStringLiteral("of another kind: ") + error.what();
        }
        return {};
    }

private Q_SLOTS:
    void whatIsKept_isFoundAgain() {
        const std::string odd("a\0b\xff'\"", 6);
        {
            const auto workspace = Workspace::open(at("kept.discern"));
            QVERIFY(!workspace->find("answer", "x"));
            workspace->keep("answer", "x", odd);
            QCOMPARE(*workspace->find("answer", "x"), odd);
            workspace->keep("answer", "x", "replaced");
            workspace->keep("figure", "x", "");
            workspace->commit();
            workspace->keep("cost", "left open", "kept on closing");
            workspace->setState("work", R"({"a": 1})");
        }
        QVERIFY(!QFile::exists(folder_.filePath("kept.discern-wal")));
        const auto workspace = Workspace::open(at("kept.discern"));
        QCOMPARE(*workspace->find("answer", "x"), std::string("replaced"));
        QCOMPARE(*workspace->find("figure", "x"), std::string());
        QCOMPARE(*workspace->find("cost", "left open"), std::string("kept on closing"));
        QVERIFY(!workspace->find("cost", "x"));
        QCOMPARE(*workspace->state("work"), std::string(R"({"a": 1})"));
        QVERIFY(!workspace->state("nothing"));
    }

    /// A copy of file and log in mid-way is what a kill leaves.
    void kill_losesOnlyWhatWasNotCommitted() {
        const auto workspace = Workspace::open(at("live.discern"));
        workspace->keep("answer", "committed", "1");
        workspace->commit();
        workspace->keep("answer", "open", "2");
        for (const char* end : {"", "-wal"})
            QVERIFY(QFile::copy(folder_.filePath("live.discern") + end, folder_.filePath("killed.discern") + end));
        const auto killed = Workspace::open(at("killed.discern"));
        QCOMPARE(*killed->find("answer", "committed"), std::string("1"));
        QVERIFY(!killed->find("answer", "open"));
        killed->keep("answer", "open", "again");
        killed->commit();
    }

    void maps_areKeptUntilTheyExceedTheBudget() {
        constexpr std::int64_t kBudget = 3000;
        {
            const auto workspace = Workspace::open(at("maps.discern"));
            for (int i = 0; i < 5; ++i) workspace->keepMap("map " + std::to_string(i), std::string(1000, static_cast<char>('a' + i)), kBudget);
            QVERIFY2(!workspace->map("map 1"), "the oldest go first");
            workspace->keepMap("map 2", std::string(1000, 'z'), kBudget);
        }
        const auto workspace = Workspace::open(at("maps.discern"));
        std::vector<std::string> keys = workspace->mapKeys();
        std::ranges::sort(keys);
        QCOMPARE(keys, (std::vector<std::string>{"map 2", "map 3", "map 4"}));
        QCOMPARE(*workspace->map("map 2"), std::string(1000, 'z'));
        workspace->keepMap("map 5", std::string(1000, 'f'), kBudget);
        QVERIFY2(!workspace->map("map 3"), "what was kept anew is the latest");
        workspace->keepMap("too large", std::string(4000, 'f'), kBudget);
        QVERIFY(workspace->mapKeys().empty());
    }

    void fileOfAnOlderVersion_isTakenOver() {
        Workspace::open(at("old.discern"))->setState("a", "1");
        QByteArray old = bytes("old.discern");
        write("old.discern", old.replace(60, 4, QByteArray("\0\0\0\1", 4)));
        {
            const auto workspace = Workspace::open(at("old.discern"));
            QCOMPARE(*workspace->state("a"), std::string("1"));
            workspace->keepMap("x", "map", 100);
        }
        QCOMPARE(bytes("old.discern").mid(60, 4), QByteArray("\0\0\0\2", 4));
    }

    void clearing_leavesNothingInTheFile() {
        {
            const auto workspace = Workspace::open(at("clear.discern"));
            workspace->setState("work", "a secret path");
            workspace->keep("answer", "secret key", "x");
            workspace->keepMap("secret map", "x", 100);
            workspace->clear();
            QVERIFY(!workspace->state("work") && !workspace->find("answer", "secret key") && workspace->mapKeys().empty());
            QVERIFY(!bytes("clear.discern-wal").contains("secret"));
            workspace->setState("work", "new");
        }
        QVERIFY(!bytes("clear.discern").contains("secret"));
    }

    void copy_isAWorkspaceWithAllOfIt() {
        for (const bool named : {true, false}) {
            const auto workspace = named ? Workspace::open(at("original.discern")) : Workspace::temporary();
            QCOMPARE(workspace->file().empty(), !named);
            workspace->keep("answer", "x", "1");
            workspace->keepMap("m", "map", 100);
            workspace->setState("work", "{}");
            workspace->copyTo(at("copy.discern"));
            const auto copy = Workspace::open(at("copy.discern"));
            QCOMPARE(*copy->find("answer", "x"), std::string("1"));
            QCOMPARE(*copy->map("m"), std::string("map"));
            QCOMPARE(*copy->state("work"), std::string("{}"));
        }
    }

    void copyingOverWhatIsNotOurs_isRefused() {
        const auto workspace = Workspace::temporary();
        const auto busy = Workspace::open(at("taken.discern"));
        write("letter.discern", "dear diary, today");
        for (const char* name : {"taken.discern", "letter.discern", "nowhere/a.discern"}) {
            try {
                workspace->copyTo(at(name));
                QFAIL("nothing was thrown");
            } catch (const Error& error) {
                QVERIFY2(QString(error.what()).startsWith(QFileInfo(name).fileName()), error.what());
            }
        }
        QCOMPARE(bytes("letter.discern"), QByteArray("dear diary, today"));
        busy->setState("a", "still here");
    }

    void secondProgram_isToldThatItIsInUse() {
        const auto first = Workspace::open(at("busy.discern"));
        QVERIFY2(refusal("busy.discern").contains("in use"), qPrintable(refusal("busy.discern")));
        first->keep("answer", "x", "still mine");
        first->commit();
    }

    void emptyFile_becomesAWorkspace() {
        write("empty.discern", "");
        Workspace::open(at("empty.discern"))->setState("a", "1");
        QCOMPARE(*Workspace::open(at("empty.discern"))->state("a"), std::string("1"));
    }

    void whatIsNotOurs_isRefusedAndStaysAsItIs_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("words");
        {
            const auto workspace = Workspace::open(at("pattern.discern"));
            workspace->keep("answer", "x", std::string(50'000, 'x'));
        }
        const QByteArray ours = bytes("pattern.discern");
        QVERIFY(ours.size() > 50'000);
        const auto with = [&](int place, const char* four) {
            QByteArray changed = ours;
            return changed.replace(place, 4, QByteArray(four, 4));
        };
        QTest::newRow("text") << QByteArray("dear diary\n") << "no workspace";
        QTest::newRow("long text") << QByteArray(5000, 'x') << "no workspace";
        QTest::newRow("database of another program") << with(68, "\0\0\0\7") << "another program";
        QTest::newRow("database of nobody") << with(68, "\0\0\0\0") << "another program";
        QTest::newRow("newer version") << with(60, "\0\0\0\x63") << "newer version";
        QTest::newRow("first bytes alone") << ours.left(60) << "no workspace";
    }
    void whatIsNotOurs_isRefusedAndStaysAsItIs() {
        QFETCH(QByteArray, content);
        QFETCH(QString, words);
        write("foreign.discern", content);
        const QString told = refusal("foreign.discern");
        QVERIFY2(told.contains(words) && told.startsWith("foreign.discern "), qPrintable(told));
        QCOMPARE(bytes("foreign.discern"), content);
    }

    void damagedFile_isToldWhereItIsRead() {
        {
            const auto workspace = Workspace::open(at("whole.discern"));
            for (int i = 0; i < 200; ++i) workspace->keep("answer", std::to_string(i), std::string(500, 'x'));
        }
        QByteArray broken = bytes("whole.discern");
        broken.replace(4096, broken.size() - 4096, QByteArray(broken.size() - 4096, '\x5a'));
        write("broken.discern", broken);
        QString told = refusal("broken.discern");
        if (told.isEmpty()) {
            const auto workspace = Workspace::open(at("broken.discern"));
            try {
                for (int i = 0; i < 200; ++i) static_cast<void>(workspace->find("answer", std::to_string(i)));
            } catch (const Error& error) {
                told = error.what();
            }
        }
        QVERIFY2(told.contains("damaged"), qPrintable(told));
    }

    /// SQLite's own checks do not see a bit that has turned over in a value.
    void damagedValue_countsAsNotKept() {
        {
            const auto workspace = Workspace::open(at("sound.discern"));
            workspace->keep("answer", "hurt", std::string(300, 'a'));
            workspace->keep("answer", "sound", std::string(300, 'b'));
        }
        QByteArray content = bytes("sound.discern");
        const qsizetype place = content.indexOf(QByteArray(300, 'a'));
        QVERIFY(place > 0);
        content[place + 150] = 'A';
        write("hurt.discern", content);
        const auto workspace = Workspace::open(at("hurt.discern"));
        QVERIFY(!workspace->find("answer", "hurt"));
        QCOMPARE(*workspace->find("answer", "sound"), std::string(300, 'b'));
        workspace->keep("answer", "hurt", "anew");
        QCOMPARE(*workspace->find("answer", "hurt"), std::string("anew"));
    }

    void placeThatCannotBeWritten_isTold() {
        QVERIFY(QDir(folder_.path()).mkdir("folder.discern"));
        QVERIFY2(refusal("folder.discern").contains("folder"), qPrintable(refusal("folder.discern")));
        QVERIFY2(refusal("nowhere/a.discern").contains("cannot be written"), qPrintable(refusal("nowhere/a.discern")));
    }
};

QTEST_GUILESS_MAIN(TestWorkspace)
#include "test_workspace.moc"
