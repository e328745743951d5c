#include "ui/session/files/pixel_store.h"

#include <atomic>
#include <thread>

#include "core/error.h"
#include "ui/support.h"

using namespace discern;

class TestPixelStore : public QObject {
    Q_OBJECT

    testing::Sandbox sandbox_;

    static constexpr std::size_t kOne = 96 * 72 * 3;
    std::filesystem::path file(const QString& name) { return sandbox_.picture(name).toStdString(); }

private Q_SLOTS:
    void budgetBinds_andTheLatestStay() {
        PixelStore store(2 * kOne);
        for (int id = 1; id <= 5; ++id) {
            QVERIFY(store.fetch(id, file(QString("%1.png").arg(id)), {}));
            QVERIFY(store.bytes() <= 2 * kOne);
        }
        QVERIFY(store.find(5) && store.find(4));
        QVERIFY(!store.find(3));
    }

    void pictureLargerThanTheBudget_isStillHandedOut() {
        PixelStore store(1);
        QVERIFY(store.fetch(1, file("a.png"), {}));
        QVERIFY(store.fetch(2, file("b.png"), {}));
        QVERIFY(!store.find(1));
    }

    void forgottenPicture_isLetGo() {
        PixelStore store(8 * kOne);
        QVERIFY(store.fetch(7, file("a.png"), {}));
        QVERIFY(store.find(7));
        store.forget(7);
        QVERIFY(!store.find(7));
        QCOMPARE(store.bytes(), std::size_t{0});
    }

    void sameFetchedByManyThreads_isDecodedOnce() {
        PixelStore store(8 * kOne);
        const auto path = file("a.png");
        std::vector<std::shared_ptr<const Picture>> pictures(4);
        {
            std::vector<std::jthread> threads;
            for (auto& picture : pictures)
                threads.emplace_back([&] { picture = store.fetch(1, path, {}); });
        }
        for (const auto& picture : pictures)
            QCOMPARE(picture, pictures.front());
    }

    void unreadableFile_isToldToEveryoneAndRememberedByNobody() {
        PixelStore store(kOne);
        const QString path = sandbox_.file("later.png", "not yet");
        QVERIFY_THROWS_EXCEPTION(Error, static_cast<void>(store.fetch(1, path.toStdString(), {})));
        QVERIFY(QFile::remove(path) && QFile::copy(sandbox_.picture("a.png"), path));
        QVERIFY(store.fetch(1, path.toStdString(), {}));
    }

    void fileThatIsAnotherByNow_isRefused() {
        PixelStore store(kOne);
        const auto path = file("a.png");
        const std::string sha256 = store.fetch(1, path, {})->sha256;
        QVERIFY(store.fetch(1, path, sha256));
        store.forget(1);
        static_cast<void>(sandbox_.picture("a.png", 50, 50));
        QVERIFY_THROWS_EXCEPTION(Error, static_cast<void>(store.fetch(1, path, sha256)));
    }
};

QTEST_APPLESS_MAIN(TestPixelStore)
#include "test_pixel_store.moc"
