// Prints the longest delay of the window's event loop while three models x four methods compute, and how long
// "cancel all" takes to empty the queue. Usage: bench_event_loop [MODEL...] with zoo names or files; without any, the
// three EfficientNet-Lite networks or, where they are not there, the small ones of the repository.
// Exit code 1 where the delay is over 50 ms.
#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <cstdio>

#include "bench/stalls.h"
#include "bench/window_bench.h"
#include "core/run/compute.h"
#include "core/store/files.h"
#include "ui/session/jobs/log_buffer.h"
#include "ui/session/workbench.h"
#include "ui/style/apply_theme.h"
#include "ui/window/main_window.h"

namespace {

constexpr int kLookMs = 20;

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
    discern::WatchedApplication application(argc, argv);
    QTemporaryDir folder;
    discern::keepSettingsIn(folder);
    discern::LogBuffer log;
    discern::Workbench bench;
    discern::applyTheme(application, discern::ThemeMode::Dark);
    discern::MainWindow window(bench, log);
    window.show();

    // What comes before the first frame is start-up, not delay.
    discern::waitFor(kLookMs, [] { return true; });
    discern::Heartbeat heart;
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
                heart.over(), heart.beats(), discern::Heartbeat::kAllowedMs);
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
    return longest <= discern::Heartbeat::kAllowedMs && count.failed == 0 ? 0 : 1;
}
