// Opens the Choose page on made figures: bench_choose [dark|light] [chart] [picture.png] [empty|many|pinned]
#include <QApplication>
#include <QTimer>

#include "core/choose/evaluation_board.h"
#include "made_evaluation.h"
#include "ui/choose/choice.h"
#include "ui/pages/choose_page.h"
#include "ui/session/workbench.h"
#include "ui/style/apply_theme.h"
#include "ui/support.h"
#include "ui/window/main_window.h"
#include "ui/window/page_switch.h"

using namespace discern;

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    const testing::Sandbox sandbox;
    const QStringList words = application.arguments();
    applyTheme(application, words.value(1) == "light" ? ThemeMode::Light : ThemeMode::Dark);
    Workbench workbench;
    LogBuffer log;
    MainWindow window(workbench, log);
    window.restoreLayout({1440, 900});
    window.pages().show(true);
    window.show();
    if (words.value(4) != "empty") {
        auto evaluation = std::make_shared<Evaluation>(testing::madePhantoms());
        Progress progress;
        auto board = std::make_shared<Board>(boardOf(*evaluation, kBoardDraws, 3, progress));
        if (words.value(4) == "many") {
            *board = testing::madeBoard(50, 20, kBoardDraws);
            evaluation = std::make_shared<Evaluation>();
            for (const BoardModel& model : board->models)
                evaluation->models.push_back({.name = model.name, .digest = model.name});
        }
        window.choose().setEvaluation(evaluation, board);
        if (words.value(4) == "many")
            for (int c = 0; c < 20; ++c) window.choose().choice().setWeight(c, 2.0);
        window.choose().choice().setChart(words.value(2));
        if (words.value(4) == "pinned") {
            window.choose().choice().pin(0);
            window.choose().choice().select(1);
        }
    }
    if (!words.value(3).isEmpty())
        QTimer::singleShot(600, &window, [&] {
            window.grab().save(words.value(3));
            application.quit();
        });
    return application.exec();
}
