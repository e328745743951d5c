// How long the window's thread is held by a model's page: bench_model_page MODEL...
#include <QApplication>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QTabWidget>
#include <QTreeView>
#include <cstdio>

#include "ui/dialogs/model_details.h"
#include "ui/style/apply_theme.h"

using namespace discern;

namespace {

double millisecondsOf(const std::function<void()>& work) {
    QElapsedTimer timer;
    timer.start();
    work();
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

void measure(const char* file) {
    Progress progress;
    ModelEntry entry;
    entry.model = Model::load(file, progress, {.guess = true});
    entry.state = LoadState::Ready;
    entry.name = QString::fromStdString(entry.model->name());
    const ModelChoice choice;
    std::unique_ptr<ModelDetails> page;
    const double made = millisecondsOf([&] { page = std::make_unique<ModelDetails>(entry, &choice, false, nullptr); });
    const double shown = millisecondsOf([&] {
        page->show();
        QApplication::processEvents();
    });
    auto* tree = page->findChild<QTreeView*>();
    auto* field = page->findChild<QLineEdit*>();
    const double turned = millisecondsOf([&] {
        page->findChild<QTabWidget*>()->setCurrentIndex(1);
        QApplication::processEvents();
    });
    double slowest = 0.0;
    const auto key = [&](const QString& text) {
        slowest = std::max(slowest, millisecondsOf([&] {
                               field->setText(text);
                               QApplication::processEvents();
                           }));
    };
    for (const char* text : {"c", "co", "con", "conv", "conv2", ""}) key(text);
    const double expanded = millisecondsOf([&] {
        tree->expandAll();
        QApplication::processEvents();
    });
    std::printf("%-40s %6zu rows  made %6.1f  shown %6.1f  layers %6.1f  slowest key %6.1f  all expanded %6.1f ms\n", entry.model->name().c_str(),
                entry.model->complexity().operators.size(), made, shown, turned, slowest, expanded);
}

}  // namespace

int main(int argc, char** argv) {
    const QApplication application(argc, argv);
    applyTheme(*qApp, ThemeMode::Dark);
    for (int i = 1; i < argc; ++i) measure(argv[i]);
    return 0;
}
