#include <unistd.h>

#include <QTest>
#include <atomic>
#include <fstream>
#include <memory>
#include <vector>

#include "core/run/compute.h"
#include "core/run/worker_pool.h"

using namespace discern;

class TestPoolMemory : public QObject {
    Q_OBJECT

private slots:
    void memory_isGivenBackWhenNothingRuns();

private:
    std::unique_ptr<std::vector<char>> held_;
};

void TestPoolMemory::memory_isGivenBackWhenNothingRuns() {
#ifdef __SANITIZE_ADDRESS__
    QSKIP("the sanitizer's allocator keeps freed memory on purpose");
#endif
    const auto residentMb = [] {
        std::ifstream file("/proc/self/statm");
        long total = 0;
        long resident = 0;
        file >> total >> resident;
        return resident * sysconf(_SC_PAGESIZE) >> 20;
    };
    WorkerPool pool({}, WorkerPool::Size{1, 1, 1});
    const long before = residentMb();
    std::atomic<long> during = 0;
    pool.submit("", Lane::Heavy, 0, [&](Progress&) {
        std::vector<std::vector<char>> blocks(20);
        for (std::vector<char>& block : blocks) {
            block.assign(std::size_t{10} << 20, 'x');
        }
        during = residentMb();
        // Keeps the heap's end in use, as results do.
        held_ = std::make_unique<std::vector<char>>(std::size_t{1} << 20, 'y');
    });
    pool.waitUntilIdle();
    QVERIFY(during > before + 190);
    if (residentMb() < before + 150) {
        QSKIP("this allocator keeps no freed memory");
    }
    QTRY_VERIFY_WITH_TIMEOUT(residentMb() < before + 20, 10000);
}

// Qt Test's own thread would otherwise get an arena of its own, which is not trimmed, before there is to be just one.
int main(int argc, char** argv) {
    prepareProcess();
    TestPoolMemory test;
    return QTest::qExec(&test, argc, argv);
}

#include "test_pool_memory.moc"
