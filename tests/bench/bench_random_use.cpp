// Uses a window as somebody does who cannot decide: opens, explains, cancels, retries, removes while computing, exports,
// switches, undoes and redoes, in an order that a seed decides, with real events. Prints what was done, every error that
// nothing of it explains, resident memory by the minute and the longest stall of the event loop. Memory that is freed
// while jobs run stays with the process, so what grows is seen where nothing is open: eight times everything is taken away,
// and what is resident then is noted.
// Usage: bench_random_use [MINUTES [SEED [MODEL...]]], 30 minutes from seed 1 with the small models of the repository.
// Exit code 1 where there was such an error, or where the last rest holds over 1.10 times what the third one did (the
// first ones come before every cache has filled).
#include <QImage>
#include <QTemporaryDir>
#include <cstdio>
#include <cstdlib>
#include <set>

#include "bench/random_user.h"
#include "bench/stalls.h"
#include "bench/window_bench.h"
#include "core/run/compute.h"
#include "core/store/files.h"
#include "ui/session/jobs/log_buffer.h"
#include "ui/style/apply_theme.h"

namespace {

constexpr double kAllowedGrowth = 1.10;
constexpr int kRests = 8;
constexpr std::size_t kFirstFairRest = 2;
constexpr int kSampleMs = 5000;

/// What a person is told though nothing went wrong.
const QStringList kExpected = {QStringLiteral("broken"), QStringLiteral("explain one first"), QStringLiteral("is there already"),
                               QStringLiteral("has no attention"), QStringLiteral("holds no image"), QStringLiteral("cancelled"),
                               QStringLiteral("Open the models that are to be compared first")};

bool expected(const QString& text) {
    return std::ranges::any_of(kExpected, [&](const QString& words) { return text.contains(words); });
}

/// Errors, each counted once a text.
class Errors {
public:
    void note(const QString& where, const QString& text) {
        if (!expected(text))
            ++counts_[where + QStringLiteral(": ") + text];
    }
    [[nodiscard]] int count() const {
        int sum = 0;
        for (const int count : counts_)
            sum += count;
        return sum;
    }
    void print() const {
        for (auto it = counts_.begin(); it != counts_.end(); ++it)
            std::printf("  %d x %s\n", it.value(), qPrintable(it.key()));
    }

private:
    QMap<QString, int> counts_;
};

Errors* theErrors = nullptr;

void takeRemark(QtMsgType type, const QMessageLogContext&, const QString& text) {
    std::fprintf(stderr, "%s\n", qPrintable(text));
    if (type != QtDebugMsg && type != QtInfoMsg && theErrors && QThread::currentThread() == qApp->thread())
        theErrors->note(QStringLiteral("Qt"), text);
}

QStringList pictures(const QTemporaryDir& folder) {
    QStringList paths;
    const QDir samples(QString::fromStdString((discern::dataFolder() / "samples").string()));
    for (const QDir& there : {QDir(QStringLiteral(DISCERN_SOURCE_DIR "/resources/samples")), samples})
        for (const QString& file : there.entryList(QDir::Files))
            paths += there.filePath(file);
    for (const QSize size : {QSize(64, 64), QSize(800, 300), QSize(300, 900), QSize(1600, 1200), QSize(4000, 3000)}) {
        QImage image(size, QImage::Format_RGB32);
        for (int y = 0; y < size.height(); ++y) {
            auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
            for (int x = 0; x < size.width(); ++x)
                line[x] = qRgb(255 * x / size.width(), (x * y / 97) % 256, 255 * y / size.height());
        }
        paths += folder.filePath(QStringLiteral("made-%1.jpg").arg(size.width()));
        image.save(paths.last());
    }
    QFile broken(folder.filePath(QStringLiteral("broken.jpg")));
    static_cast<void>(broken.open(QIODevice::WriteOnly));
    broken.write("no picture");
    return paths << broken.fileName();
}

/// Megabytes where nothing is open and nothing runs.
struct Rest {
    double resident = 0.0;
    double allocated = 0.0;
};

Rest rest(discern::RandomUser& user, discern::Workbench& bench) {
    discern::waitFor(100, [&] {
        if (QWidget* open = QApplication::activePopupWidget() ? QApplication::activePopupWidget() : QApplication::activeModalWidget())
            QTest::keyClick(open, Qt::Key_Escape);
        return !QApplication::activePopupWidget() && !QApplication::activeModalWidget();
    });
    user.clearAway();
    discern::waitFor(100, [&] { return bench.jobs.activeCount() == 0; });
    discern::waitFor(3000, [] { return true; });
    return {discern::megabytes("VmRSS"), discern::heapMegabytes()};
}

}  // namespace

int main(int argc, char** argv) {
    discern::prepareProcess();
    QTemporaryDir folder;
    const QStringList paths = pictures(folder);
    qputenv("XDG_DATA_HOME", folder.path().toUtf8());  // cards of its own
    QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    discern::WatchedApplication application(argc, argv);
    discern::keepSettingsIn(folder);
    const QStringList given = application.arguments().mid(1);
    const double minutes = given.value(0, QStringLiteral("30")).toDouble();
    const unsigned seed = given.value(1, QStringLiteral("1")).toUInt();
    QStringList models = given.mid(2);
    const QDir small(QStringLiteral(DISCERN_SMALL_MODELS));
    if (models.isEmpty())
        for (const QString& file : small.entryList({QStringLiteral("*.pt")}))
            models += small.filePath(file);
    QDir(folder.path()).mkdir(QStringLiteral("exports"));

    Errors errors;
    theErrors = &errors;
    qInstallMessageHandler(&takeRemark);
    int jobs = 0;
    discern::LogBuffer log;
    discern::Workbench bench;
    discern::applyTheme(application, discern::ThemeMode::Dark);
    discern::MainWindow window(bench, log);
    window.show();
    QObject::connect(&application, &discern::Application::caught, &bench,
                     [&](const QString& text) { errors.note(QStringLiteral("thrown"), text); });
    QObject::connect(&bench, &discern::Workbench::message, &bench,
                     [&](const QString& text) { errors.note(QStringLiteral("strip"), text); });
    QObject::connect(&log, &discern::LogBuffer::added, &log, [&](const discern::LogLine& line) {
        if (line.level >= discern::LogLevel::Warning)
            errors.note(QStringLiteral("log"), line.text.section(QLatin1Char(' '), 2));
    });
    std::set<discern::JobId> over;
    QObject::connect(&bench.jobs, &discern::JobQueue::changed, &bench, [&](const QVector<discern::JobStatus>& changed) {
        for (const discern::JobStatus& job : changed) {
            if (!job.over() || !over.insert(job.id).second)
                continue;
            ++jobs;
            if (job.state == discern::JobState::Failed)
                errors.note(QString::fromStdString(job.title), QString::fromStdString(job.error));
        }
    });

    discern::RandomUser user(window, bench, paths, models, folder.filePath(QStringLiteral("exports")), seed);
    discern::Heartbeat heart;
    QElapsedTimer clock;
    QTimer next;
    QTimer sample;
    next.setSingleShot(true);
    QObject::connect(&next, &QTimer::timeout, &application, [&] {
        next.start(std::max(1, user.pause()));  // before: what is done may open a dialog and stay in it
        user.act();
    });
    double told = 0.0;
    QObject::connect(&sample, &QTimer::timeout, &application, [&] {
        const double now = static_cast<double>(clock.elapsed()) / 60000.0;
        if (now < told + 1.0)
            return;
        told = now;
        std::printf("minute %4.1f: %5.0f MB, %5.0f of them allocated, longest stall %.0f ms, %d jobs over\n", now, discern::megabytes("VmRSS"),
                    discern::heapMegabytes(), heart.longest(), jobs);
        std::fflush(stdout);
    });
    discern::waitFor(20, [] { return true; });
    heart.start();
    application.forget();
    clock.start();
    sample.start(kSampleMs);
    std::vector<Rest> rests;
    while (rests.size() < kRests) {
        next.start(1);
        const double until = minutes * 60000.0 * static_cast<double>(rests.size() + 1) / kRests;
        discern::waitFor(100, [&] { return static_cast<double>(clock.elapsed()) >= until; });
        next.stop();
        rests.push_back(rest(user, bench));
        std::printf("nothing open: %5.0f MB, %5.0f of them allocated\n", rests.back().resident, rests.back().allocated);
        std::fflush(stdout);
    }
    sample.stop();

    int sum = 0;
    for (const auto& [name, deeds] : user.deeds())
        sum += deeds.count;
    std::printf("seed %u, %.1f minutes: %d things done, %d jobs over\n", seed, static_cast<double>(clock.elapsed()) / 60000.0, sum, jobs);
    for (const auto& [name, deeds] : user.deeds())
        std::printf("  %4d %s, costliest %.0f ms of processor time\n", deeds.count, name.c_str(), deeds.costliest);
    const double early = rests[kFirstFairRest].resident;
    const double last = rests.back().resident;
    std::printf("memory with nothing open: %.0f MB at rest %d, %.0f MB at the last\n", early, static_cast<int>(kFirstFairRest) + 1, last);
    std::printf("longest stall %.1f ms, %d of %d beats late by more than %.0f ms\n", heart.longest(), heart.over(), heart.beats(),
                discern::Heartbeat::kAllowedMs);
    application.print();
    std::printf("unexpected errors: %d\n", errors.count());
    errors.print();
    theErrors = nullptr;
    return errors.count() == 0 && last <= kAllowedGrowth * early ? 0 : 1;
}
