#include "ui/window/evaluate_commands.h"

#include <QFileDialog>
#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/choose/report/choice_folder.h"
#include "ui/actions/actions.h"
#include "ui/choose/choice.h"
#include "ui/dialogs/evaluate_dialog.h"
#include "ui/pages/choose_page.h"

namespace discern {

EvaluateCommands::EvaluateCommands(Workbench& workbench, Actions& actions, ChoosePage& page, QWidget* window)
    : QObject(window), workbench_(workbench), actions_(actions), page_(page), window_(window) {
    connect(actions["evaluate-folder"], &QAction::triggered, this, &EvaluateCommands::ask);
    connect(&page, &ChoosePage::evaluateRequested, this, &EvaluateCommands::ask);
    connect(&workbench_.evaluations, &Evaluations::changed, this, &EvaluateCommands::refresh);
    connect(&workbench_.evaluations, &Evaluations::failed, this,
            [this](const QString& message) { workbench_.tell(message); });
    connect(&workbench_.evaluations, &Evaluations::finished, this,
            [this](const std::shared_ptr<const Evaluation>& evaluation) {
                showCurrent();
                if (!evaluation->set.excluded.empty())
                    workbench_.tell(tr("%n file(s) of the folder [counts|count] nowhere; the first is %1: %2", nullptr,
                                       static_cast<int>(evaluation->set.excluded.size()))
                                        .arg(QString::fromStdString(evaluation->set.excluded.front().file),
                                             QString::fromStdString(evaluation->set.excluded.front().why)));
                Q_EMIT evaluated();
            });
    connect(&page, &ChoosePage::reportRequested, this, &EvaluateCommands::saveReport);
    connect(&workbench_.evaluations, &Evaluations::progressed, &page, &ChoosePage::showProgress);
    connect(&page, &ChoosePage::cancelRequested, &workbench_.evaluations, &Evaluations::cancel);
    connect(&page.choice(), &Choice::selectionChanged, this, &EvaluateCommands::selectInGrid);
    connect(&workbench_.session, &Session::selectionChanged, this, &EvaluateCommands::selectOnBoard);
    connect(&workbench_.evaluations, &Evaluations::restored, this, &EvaluateCommands::showCurrent);
    Session& session = workbench_.session;
    const auto showState = [this, &session] { page_.setState(session.view().choice); };
    connect(&session, &Session::viewChanged, this, showState);
    connect(&page, &ChoosePage::stateChanged, this, [this, &session] {
        ViewChoices view = session.view();
        view.choice = page_.state();
        session.setView(view);
    });
    connect(&session, &Session::modelsChanged, this, [this] { page_.choice().setMarkers(markers()); });
    connect(&workbench_.library, &Library::modelChanged, this, [this] { page_.choice().setMarkers(markers()); });
    connect(&workbench_.evaluations, &Evaluations::staleChanged, this, &EvaluateCommands::showStale);
    showState();
    showCurrent();
    showStale();
    refresh();
}

/// A model is the same on both pages; where there are several cells of it, the method stays.
void EvaluateCommands::selectInGrid(int model) {
    Session& session = workbench_.session;
    if (model < 0) return;
    const std::string digest = page_.choice().board().models.at(static_cast<std::size_t>(model)).digest;
    for (const ModelChoice& choice : session.shownModels())
        if (digestOf(choice) == digest && choice.id != session.selectedModel())
            return session.select(choice.id, session.selectedMethod());
}

void EvaluateCommands::selectOnBoard() {
    const ModelChoice* choice = workbench_.session.model(workbench_.session.selectedModel());
    if (!choice || page_.choice().empty()) return;
    const auto& models = page_.choice().board().models;
    const auto found = std::ranges::find(models, digestOf(*choice), &BoardModel::digest);
    if (found != models.end()) page_.choice().select(static_cast<int>(found - models.begin()));
}

std::string EvaluateCommands::digestOf(const ModelChoice& choice) const {
    const ModelEntry* entry = workbench_.library.model(choice.id);
    return entry && entry->model ? entry->model->sha256() : std::string();
}

void EvaluateCommands::showCurrent() {
    page_.choice().setMarkers(markers());
    page_.setEvaluation(workbench_.evaluations.current());
}

void EvaluateCommands::showStale() {
    const QStringList stale = workbench_.evaluations.stale();
    if (stale.isEmpty()) return page_.choice().setStale({});
    const int more = static_cast<int>(stale.size()) - 1;
    page_.choice().setStale(more == 0 ? tr("Stale: %1 is another by now; evaluate again.").arg(stale.first())
                                      : tr("Stale: %1 and %n more are others by now; evaluate again.", nullptr, more).arg(stale.first()));
}

void EvaluateCommands::refresh() {
    const bool running = workbench_.evaluations.running();
    actions_["evaluate-folder"]->setEnabled(!running);
    page_.showProgress(0.0, running ? tr("Reading the folder") : QString());
}

/// A model has one colour everywhere.
std::map<std::string, int> EvaluateCommands::markers() const {
    std::map<std::string, int> markers;
    for (const ModelChoice& choice : workbench_.session.work().models)
        if (const std::string digest = digestOf(choice); !digest.empty()) markers[digest] = choice.marker;
    return markers;
}

std::vector<std::shared_ptr<const Model>> EvaluateCommands::openModels() const {
    std::vector<std::shared_ptr<const Model>> models;
    for (const ModelChoice& choice : workbench_.session.work().models)
        if (const ModelEntry* entry = workbench_.library.model(choice.id); entry && entry->model) models.push_back(entry->model);
    return models;
}

void EvaluateCommands::saveReport() {
    if (page_.choice().empty()) return;
    const QString folder =
        QFileDialog::getExistingDirectory(window_, tr("Folder for report.html, evaluation.json and predictions.csv"));
    if (!folder.isEmpty()) writeReport(folder);
}

void EvaluateCommands::writeReport(const QString& folder) {
    const auto evaluation = page_.choice().shared();
    const std::filesystem::path out = folder.toStdString();
    for (const char* name : kChoiceFiles)
        if (std::filesystem::exists(out / name))
            return workbench_.tell(tr("%1 is in that folder already; choose another.").arg(name));
    JobSpec job;
    job.title = tr("Writing the evaluation");
    job.kept = true;
    job.work = [evaluation, out, ranker = page_.choice().ranker(), weights = page_.choice().weights(),
                state = page_.choice().state(), models = openModels()](Progress& progress) {
        ChoiceReport report{*evaluation, *ranker, weights, state};
        for (const auto& model : models) addCard(report, *model);
        writeChoiceFolder(out, report, nlohmann::json::object(), progress);
    };
    job.finished = [this, folder](const JobStatus& status) {
        if (status.state == JobState::Done)
            Q_EMIT saved(tr("Saved report.html, evaluation.json and predictions.csv in %1.").arg(folder));
        if (status.state == JobState::Failed) workbench_.tell(QString::fromStdString(status.error));
    };
    workbench_.jobs.submit(std::move(job));
}

void EvaluateCommands::ask() {
    if (const QString missing = workbench_.evaluations.missing(); !missing.isEmpty()) {
        workbench_.tell(missing);
        return;
    }
    EvaluateDialog dialog(workbench_.session, workbench_.evaluations.order(), window_);
    if (dialog.exec() != QDialog::Accepted) return;
    Q_EMIT begun();
    workbench_.evaluations.start(dialog.order());
}

}  // namespace discern
