// Prints the longest delay of the window's event loop while three models x four methods compute, and how long
// "cancel all" takes to empty the queue. Usage: bench_event_loop [MODEL...] with zoo names or files; without any, the
// three EfficientNet-Lite networks or, where they are not there, the small ones of the repository.
// Exit code 1 where the delay is over 50 ms.
#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTimer>
#include <cstdio>
#include <ctime>

#include "bench/window_bench.h"
#include "core/run/compute.h"
#include "core/store/files.h"
#include "ui/session/log_buffer.h"
#include "ui/session/workbench.h"
#include "ui/style/apply_theme.h"
#include "ui/window/main_window.h"

namespace {

constexpr int kBeatMs = 5;
constexpr int kLookMs = 20;
constexpr double kAllowedMs = 50.0;

/// Counts how late a timer's beats are.
class Heartbeat : public QObject {
public:
    Heartbeat() {
        connect(&timer_, &QTimer::timeout, this, [this] {
            const double late = static_cast<double>(clock_.nsecsElapsed()) / 1e6 - kBeatMs;
            longest_ = std::max(longest_, late);
            over_ += late > kAllowedMs;
            ++beats_;
            clock_.restart();
        });
        timer_.setTimerType(Qt::PreciseTimer);
    }
    void start() {
        longest_ = 0.0;
        over_ = beats_ = 0;
        clock_.start();
        timer_.start(kBeatMs);
    }
    [[nodiscard]] double longest() const { return longest_; }
    [[nodiscard]] int over() const { return over_; }
    [[nodiscard]] int beats() const { return beats_; }

private:
    QTimer timer_;
    QElapsedTimer clock_;
    double longest_ = 0.0;
    int over_ = 0;
    int beats_ = 0;
};

double threadMs() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

/// Remembers which event took most of this thread's own time: what the machine's other work cannot be blamed for.
class Application : public QApplication {
public:
    using QApplication::QApplication;
    bool notify(QObject* receiver, QEvent* event) override {
        const bool outermost = depth_++ == 0;
        const QByteArray name = outermost ? QByteArray(receiver->metaObject()->className()) : QByteArray();
        const int type = event->type();
        const double before = threadMs();
        const bool result = QApplication::notify(receiver, event);
        --depth_;
        if (outermost && threadMs() - before > slowest_) {
            slowest_ = threadMs() - before;
            slowestName_ = name + ", event " + QByteArray::number(type);
        }
        return result;
    }
    void forget() { slowest_ = 0.0; }
    void print() const {
        std::printf("costliest event: %.1f ms of processor time (%s)\n", slowest_, slowestName_.constData());
    }

private:
    int depth_ = 0;
    double slowest_ = 0.0;
    QByteArray slowestName_;
};

QString picture(const QTemporaryDir& folder) {
    const QString sample = QString::fromStdString((discern::dataFolder() / "samples" / "chelsea.png").string());
    if (QFile::exists(sample))
        return sample;
    QImage image(600, 400, QImage::Format_RGB888);
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            image.setPixelColor(x, y, QColor((x * 7) % 256, (y * 5) % 256, (x * y) % 256));
    image.save(folder.filePath(QStringLiteral("picture.png")));
    return folder.filePath(QStringLiteral("picture.png"));
}

}  // namespace

int main(int argc, char** argv) {
    discern::prepareProcess();
    Application application(argc, argv);
    QTemporaryDir folder;
    discern::keepSettingsIn(folder);
    discern::LogBuffer log;
    discern::Workbench bench;
    discern::applyTheme(application, discern::ThemeMode::Dark);
    discern::MainWindow window(bench, log);
    window.show();

    // What comes before the first frame is start-up, not delay.
    discern::waitFor(kLookMs, [] { return true; });
    Heartbeat heart;
    heart.start();
    application.forget();
    const QStringList given = application.arguments().mid(1);
    bench.openModels(given.isEmpty() ? discern::modelsToTry() : given);
    bench.openPictures({picture(folder)});
    for (const char* method : {"grad_cam", "integrated_gradients", "lime", "kernel_shap"})
        bench.session.setMethodEnabled(QString::fromLatin1(method), true);
    bench.explanations.explainPicture(bench.session.currentPicture());
    discern::waitFor(kLookMs, [&] {
        const auto count = bench.explanations.count(bench.session.currentPicture());
        return count.all > 0 && count.done + count.failed == count.all;
    });
    const auto count = bench.explanations.count(bench.session.currentPicture());
    std::printf("cells %d, done %d, failed %d\n", count.all, count.done, count.failed);
    std::printf("longest delay of the event loop %.1f ms, %d of %d beats late by more than %.0f ms\n", heart.longest(),
                heart.over(), heart.beats(), kAllowedMs);
    const double longest = heart.longest();
    application.print();

    bench.session.setMethodParameter(QStringLiteral("lime"), QStringLiteral("samples"), QStringLiteral("100000"));
    bench.explanations.explainPicture(bench.session.currentPicture());
    discern::waitFor(kLookMs, [&] { return bench.jobs.activeCount() > 0 && bench.jobs.fraction() > 0.0; });
    QElapsedTimer clock;
    clock.start();
    bench.cancelAll();
    discern::waitFor(kLookMs, [&] { return bench.jobs.activeCount() == 0; });
    std::printf("cancel all emptied the queue in %lld ms\n", static_cast<long long>(clock.elapsed()));
    return longest <= kAllowedMs && count.failed == 0 ? 0 : 1;
}
