#include <CLI/CLI.hpp>
#include <QScreen>
#include <cstdio>

#include "core/about.h"
#include "core/error.h"
#include "core/explain/given_parameters.h"
#include "core/run/compute.h"
#include "ui/session/jobs/log_buffer.h"
#include "ui/session/workbench.h"
#include "ui/style/apply_theme.h"
#include "ui/window/application.h"
#include "ui/window/main_window.h"
#include "ui/window/screenshot.h"

namespace {

struct Options {
    std::vector<std::string> models;
    std::vector<std::string> methods;
    std::vector<std::string> parameters;
    std::vector<std::string> images;
    std::string evaluate;
    int sample = discern::EvaluationOrder().sample;
    bool measure = false;
    std::string workspace;
    std::string screenshot;

    /// Files are told apart by their ending. Throws Error(Usage) where there are two workspaces.
    void takeWorkspace() {
        std::erase_if(images, [this](const std::string& file) {
            if (!file.ends_with(".discern")) return false;
            if (!workspace.empty())
                throw discern::Error(discern::ErrorKind::Usage, "One workspace is open at a time: name " + workspace + " or " + file + ".");
            workspace = file;
            return true;
        });
    }

    /// Grad-CAM where none is named. Throws Error(Usage).
    [[nodiscard]] std::vector<const discern::Method*> chosenMethods() const {
        std::vector<const discern::Method*> chosen;
        for (const std::string& name : methods) chosen.push_back(&discern::findMethod(name));
        return chosen.empty() ? std::vector{&discern::findMethod("grad_cam")} : chosen;
    }
};

QStringList toStrings(const std::vector<std::string>& words) {
    QStringList strings;
    for (const std::string& word : words)
        strings += QString::fromStdString(word);
    return strings;
}

/// The workspace that the options say; what was in the way of it, in words. What the command line names takes the place of
/// what was open, unless it names a workspace too.
QString openWorkspace(discern::Workbench& workbench, const Options& options) {
    discern::WorkspaceKeeper& workspace = workbench.workspace;
    // A picture of the window shows what was asked for and not what someone has set.
    if (!options.screenshot.empty() && options.workspace.empty())
        return {};
    QString named = QString::fromStdString(options.workspace);
    if (named.isEmpty() && options.images.empty() && options.models.empty())
        named = workbench.settings.lastWorkspace();
    // One that is not there is a new one where something is named that goes into it; else it is missed.
    const bool made = !options.images.empty() || !options.models.empty();
    const QString trouble = named.isEmpty() ? QString() : workspace.openNow(named, made);
    if (!named.isEmpty() && trouble.isEmpty())
        return {};
    if (const QString second = workspace.openNow(discern::WorkspaceKeeper::unnamedFile()); !second.isEmpty())
        return (trouble.isEmpty() ? second : trouble + QLatin1Char(' ') + second) + QLatin1Char(' ') +
               discern::Workbench::tr("What is done now is kept once it is saved under a name (File › Save workspace as).");
    if (!options.images.empty())
        workbench.session.removePictures(workbench.session.work().pictures);
    if (!options.models.empty()) {
        QVector<int> models;
        for (const discern::ModelChoice& model : workbench.session.work().models) models.append(model.id);
        workbench.session.removeModels(models);
    }
    return trouble;
}

/// Opens what the command line names. Methods named there take the place of those that were ticked the last time, and
/// run whatever they cost.
void start(discern::Workbench& workbench, const Options& options) {
    const std::vector<const discern::Method*> methods = options.chosenMethods();
    const discern::GivenParameters parameters(options.parameters, methods);
    const QVector<discern::MethodChoice> before = workbench.session.enabledMethods();
    const bool choose = !options.methods.empty() || before.isEmpty();
    for (const discern::MethodChoice& choice : before)
        if (choose)
            workbench.session.setMethodEnabled(choice.name, false);
    for (const discern::Method* method : methods) {
        const QString name = QString::fromStdString(method->name);
        if (choose)
            workbench.session.setMethodEnabled(name, true);
        for (const auto& [key, value] : parameters.of(*method))
            workbench.session.setMethodParameter(name, QString::fromStdString(key), QString::fromStdString(value));
    }
    QStringList pictures;
    QStringList others;
    for (const QString& file : toStrings(options.images)) {
        const discern::FileKind kind = discern::kindOf(file);
        const bool picture = kind == discern::FileKind::Picture || kind == discern::FileKind::Missing;
        (picture ? pictures : others) += file;
    }
    if (!pictures.isEmpty())
        workbench.openPictures(pictures);
    if (!others.isEmpty())
        workbench.open(others);
    if (!options.models.empty())
        workbench.openModels(toStrings(options.models));
    if (!options.methods.empty())
        workbench.explanations.explainPicture(workbench.session.currentPicture());
    workbench.session.undoStack().clear();
}

int run(discern::Application& application, const Options& options) {
    discern::LogBuffer log;
    discern::Workbench workbench;
    QObject::connect(&application, &discern::Application::caught, &workbench, &discern::Workbench::tell);
    discern::applyTheme(application, workbench.settings.theme());
    const QString trouble = openWorkspace(workbench, options);
    if (!trouble.isEmpty() && !options.screenshot.empty()) {
        std::fprintf(stderr, "discern: %s\n", qPrintable(trouble));
        return static_cast<int>(discern::ErrorKind::Input);
    }
    discern::MainWindow window(workbench, log);
    if (options.screenshot.empty())
        window.restoreLayout(QGuiApplication::primaryScreen()->availableSize());
    else if (!options.workspace.empty())
        window.restorePanels();
    window.show();
    if (!trouble.isEmpty())
        workbench.tell(trouble);
    std::unique_ptr<discern::Screenshot> screenshot;
    // Nobody is there to ask.
    workbench.library.setGuessing(!options.screenshot.empty());
    start(workbench, options);
    if (options.measure)
        window.measure();
    if (!options.evaluate.empty())
        window.evaluate({.dataset = QString::fromStdString(options.evaluate),
                         .sample = options.sample});
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
    commands.add_option("--param", options.parameters, "A setting key=value for every method that knows it, or method.key=value")
        ->type_name("KEY=VALUE");
    commands.add_flag("--measure", options.measure, "Measure the maps of each image as soon as they are there");
    auto* evaluate = commands.add_option("--evaluate", options.evaluate,
                                         "A folder with a sub-folder a class, or a CSV file: score, explain and rank the models on it")
                         ->type_name("FOLDER");
    commands.add_option("--sample", options.sample, "How many of its images are explained")
        ->type_name("N")->check(CLI::PositiveNumber)->needs(evaluate);
    commands.add_option("--screenshot", options.screenshot, "Save the finished window as PNG and quit")->type_name("PNG");
    commands.add_option("images", options.images, "Photographs, folders of them, models, and a workspace NAME.discern to go on with")->type_name("FILE");
    for (const char* name : {"--model", "--method", "--param"})
        commands.get_option(name)->allow_extra_args(false);
    try {
        commands.parse(argc, argv);
        options.takeWorkspace();
        static_cast<void>(discern::GivenParameters(options.parameters, options.chosenMethods()));
    } catch (const CLI::ParseError& error) {
        return commands.exit(error) == 0 ? 0 : static_cast<int>(discern::ErrorKind::Usage);
    } catch (const discern::Error& error) {
        std::fprintf(stderr, "discern: %s\n", error.what());
        return error.exitCode();
    }
    discern::prepareProcess();
    discern::Application application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("discern"));
    QApplication::setOrganizationName(QStringLiteral("discern"));
    QApplication::setApplicationDisplayName(QStringLiteral("Discern"));
    QApplication::setApplicationVersion(QString::fromStdString(discern::versionOfDiscern()));
    return run(application, options);
}
