// Opens a folder of 12-megapixel JPEGs in a window and prints when the first picture is shown and predicted, how long
// until all are, and the most memory that it took beyond the models. Usage: bench_large_folder [COUNT [MODEL...]]; the
// pictures are made (smooth random content) in a folder that goes with the program. Without models, the three
// EfficientNet-Lite networks or, where they are not there, the small ones of the repository.
// Exit code 1 where the first prediction takes over 2 s from the first picture's decoding, the current picture is ever
// without pixels afterwards, or the memory is over 1.5 GB.
#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTimer>
#include <cstdio>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "bench/window_bench.h"
#include "core/run/compute.h"
#include "ui/grid/grid_view.h"
#include "ui/session/jobs/log_buffer.h"
#include "ui/session/workbench.h"
#include "ui/style/apply_theme.h"
#include "ui/window/main_window.h"

namespace {

constexpr double kAllowedSeconds = 2.0;
constexpr int kLookMs = 5;
constexpr double kAllowedMegabytes = 1536.0;

/// A photograph's size and smoothness: noise of a few colours, enlarged, with fine noise upon it.
void writePicture(const std::string& path, int seed) {
    cv::RNG random(static_cast<std::uint64_t>(seed) + 1);
    cv::Mat coarse(24, 32, CV_8UC3);
    random.fill(coarse, cv::RNG::UNIFORM, 0, 256);
    cv::Mat picture;
    cv::resize(coarse, picture, {4000, 3000}, 0, 0, cv::INTER_CUBIC);
    cv::Mat grain(750, 1000, CV_8UC3);
    random.fill(grain, cv::RNG::UNIFORM, 0, 24);
    cv::resize(grain, grain, picture.size(), 0, 0, cv::INTER_LINEAR);
    picture += grain;
    cv::imwrite(path, picture, {cv::IMWRITE_JPEG_QUALITY, 92});
}

}  // namespace

int main(int argc, char** argv) {
    discern::prepareProcess();
    QApplication application(argc, argv);
    QTemporaryDir folder;
    discern::keepSettingsIn(folder);
    const QStringList given = application.arguments().mid(1);
    const int count = given.isEmpty() ? 20 : given.first().toInt();
    QDir(folder.path()).mkdir(QStringLiteral("pictures"));
    for (int i = 0; i < count; ++i)
        writePicture(folder.filePath(QStringLiteral("pictures/%1.jpg").arg(i)).toStdString(), i);
    discern::giveBackMemory();

    discern::LogBuffer log;
    discern::Workbench bench;
    discern::applyTheme(application, discern::ThemeMode::Dark);
    discern::MainWindow window(bench, log);
    window.show();
    discern::Session& session = bench.session;
    bench.openModels(given.size() > 1 ? given.mid(1) : discern::modelsToTry());
    session.setMethodEnabled(QStringLiteral("grad_cam"), true);
    const auto modelsThere = [&] {
        return std::ranges::all_of(session.work().models, [&](const auto& model) {
            return bench.library.model(model.id)->state != discern::LoadState::Loading;
        });
    };
    discern::waitFor(kLookMs, [&] { return modelsThere() && bench.jobs.activeCount() == 0; });
    discern::giveBackMemory();
    const double models = discern::megabytes("VmRSS");

    QElapsedTimer clock;
    clock.start();
    double shown = 0.0;
    double predicted = 0.0;
    double most = 0.0;
    int bare = 0;  // looks at a current picture that has lost its pixels
    bench.open({folder.filePath(QStringLiteral("pictures"))});
    const auto look = [&] {
        most = std::max(most, discern::megabytes("VmRSS"));
        const int picture = session.currentPicture();
        const discern::PictureEntry* entry = bench.library.picture(picture);
        const double now = static_cast<double>(clock.elapsed()) / 1000.0;
        if (entry && !entry->image.isNull() && shown == 0.0)
            shown = now;
        bare += shown > 0.0 && (!entry || entry->image.isNull());
        if (predicted == 0.0 && picture != 0 && bench.predictions.ready(picture, session.work().models[0].id))
            predicted = now;
    };
    discern::waitFor(kLookMs, [&] {
        look();
        return shown > 0.0 && predicted > 0.0 && bench.settled();
    });
    const double all = static_cast<double>(clock.elapsed()) / 1000.0;
    int ready = 0;
    for (const int picture : session.work().pictures)
        for (const auto& model : session.work().models)
            ready += bench.predictions.ready(picture, model.id) != nullptr;
    std::printf("%d pictures, %d models: first shown after %.2f s, predicted after %.2f s; all of %d predictions after %.1f s\n", count,
                static_cast<int>(session.work().models.size()), shown, predicted, ready, all);

    // Through the folder as somebody looks at it.
    const int last = static_cast<int>(std::min<qsizetype>(20, session.work().pictures.size()));
    double slowest = 0.0;
    for (int i = 0; i < last; ++i) {
        const int picture = session.work().pictures[i];
        clock.restart();
        session.setCurrentPicture(picture);
        discern::waitFor(kLookMs, [&] {
            most = std::max(most, discern::megabytes("VmRSS"));
            return !bench.library.picture(picture)->image.isNull();
        });
        slowest = std::max(slowest, static_cast<double>(clock.elapsed()) / 1000.0);
        discern::waitFor(kLookMs, [&] {
            most = std::max(most, discern::megabytes("VmRSS"));
            return bench.explanations.count(picture).done == bench.explanations.count(picture).all;
        });
    }
    std::printf("slowest change of picture %.2f s; pictures without pixels seen %d times\n", slowest, bare);
    std::printf("memory: %.0f MB with the models, %.0f MB at most, %.0f MB beyond the models\n", models, most, most - models);
    const bool kept = predicted - shown <= kAllowedSeconds && bare == 0 && most - models <= kAllowedMegabytes;
    std::printf("%s\n", kept ? "kept" : "NOT KEPT");
    return kept ? 0 : 1;
}
