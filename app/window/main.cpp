#include <CLI/CLI.hpp>
#include <QApplication>
#include <cstdio>

#include "core/about.h"
#include "core/explain/method.h"
#include "core/run/compute.h"
#include "ui/session/log_buffer.h"
#include "ui/session/workbench.h"
#include "ui/window/main_window.h"
#include "ui/window/screenshot.h"

namespace {

struct Options {
    std::vector<std::string> models;
    std::vector<std::string> methods;
    std::vector<std::string> images;
    std::string screenshot;
};

QStringList toStrings(const std::vector<std::string>& words) {
    QStringList strings;
    for (const std::string& word : words)
        strings += QString::fromStdString(word);
    return strings;
}

/// Opens what the command line names. Methods named there run whatever they cost; without any, Grad-CAM is ticked.
void start(discern::Workbench& workbench, const Options& options) {
    for (const QString& method : options.methods.empty() ? QStringList{QStringLiteral("grad_cam")} : toStrings(options.methods))
        workbench.session.setMethodEnabled(method, true);
    if (!options.models.empty())
        workbench.openModels(toStrings(options.models));
    if (!options.images.empty())
        workbench.openPictures(toStrings(options.images));
    if (!options.methods.empty())
        workbench.explanations.explainPicture(workbench.session.currentPicture());
    workbench.session.undoStack().clear();
}

int run(QApplication& application, const Options& options) {
    discern::LogBuffer log;
    discern::Workbench workbench;
    discern::applyTheme(application, workbench.settings.theme());
    discern::MainWindow window(workbench, log);
    if (options.screenshot.empty())
        window.restoreLayout();
    window.show();
    std::unique_ptr<discern::Screenshot> screenshot;
    start(workbench, options);
    if (!options.screenshot.empty())
        screenshot = std::make_unique<discern::Screenshot>(workbench, window, QString::fromStdString(options.screenshot));
    return QApplication::exec();
}

}  // namespace

int main(int argc, char** argv) {
    Options options;
    CLI::App commands("See side by side what pretrained image models look at.", "discern");
    commands.set_version_flag("--version", discern::versionOfDiscern());
    commands.add_option("--model", options.models, "Model file or zoo name; may be given more than once")->type_name("M");
    commands.add_option("--method", options.methods, "Explanation method; may be given more than once")->type_name("NAME");
    commands.add_option("--screenshot", options.screenshot, "Save the finished window as PNG and quit")->type_name("PNG");
    commands.add_option("images", options.images, "Photographs")->type_name("IMAGE");
    for (const char* name : {"--model", "--method"})
        commands.get_option(name)->allow_extra_args(false);
    try {
        commands.parse(argc, argv);
        for (const std::string& method : options.methods)
            static_cast<void>(discern::findMethod(method));
    } catch (const CLI::ParseError& error) {
        return commands.exit(error) == 0 ? 0 : static_cast<int>(discern::ErrorKind::Usage);
    } catch (const discern::Error& error) {
        std::fprintf(stderr, "discern: %s\n", error.what());
        return error.exitCode();
    }
    discern::prepareProcess();
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("discern"));
    QApplication::setOrganizationName(QStringLiteral("discern"));
    QApplication::setApplicationDisplayName(QStringLiteral("Discern"));
    QApplication::setApplicationVersion(QString::fromStdString(discern::versionOfDiscern()));
    return run(application, options);
}
