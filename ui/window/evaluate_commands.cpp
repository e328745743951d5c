#include "ui/window/evaluate_commands.h"

#include "ui/actions/actions.h"
#include "ui/dialogs/evaluate_dialog.h"
#include "ui/pages/choose_page.h"

namespace discern {

EvaluateCommands::EvaluateCommands(Workbench& workbench, Actions& actions, ChoosePage& page, QWidget* window)
    : QObject(window), workbench_(workbench), actions_(actions), page_(page), window_(window) {
    connect(actions["evaluate-folder"], &QAction::triggered, this, &EvaluateCommands::ask);
    connect(&page, &ChoosePage::evaluateRequested, this, &EvaluateCommands::ask);
    connect(&workbench_.evaluations, &Evaluations::changed, this, &EvaluateCommands::refresh);
    connect(&workbench_.evaluations, &Evaluations::failed, this, [this](const QString& message) { workbench_.tell(message); });
    connect(&workbench_.evaluations, &Evaluations::finished, this, [this](const std::shared_ptr<const Evaluation>& evaluation) {
        page_.setEvaluation(evaluation);
        if (!evaluation->set.excluded.empty())
            workbench_.tell(tr("%n file(s) of the folder count nowhere; the first is %1: %2", nullptr, static_cast<int>(evaluation->set.excluded.size()))
                                .arg(QString::fromStdString(evaluation->set.excluded.front().file),
                                     QString::fromStdString(evaluation->set.excluded.front().why)));
        Q_EMIT evaluated();
    });
    connect(&workbench_.evaluations, &Evaluations::progressed, &page, &ChoosePage::showProgress);
    connect(&page, &ChoosePage::cancelRequested, &workbench_.evaluations, &Evaluations::cancel);
    refresh();
}

void EvaluateCommands::refresh() {
    const bool running = workbench_.evaluations.running();
    actions_["evaluate-folder"]->setEnabled(!running);
    page_.showProgress(0.0, running ? tr("Reading the folder") : QString());
}

void EvaluateCommands::ask() {
    if (const QString missing = workbench_.evaluations.missing(); !missing.isEmpty()) {
        workbench_.tell(missing);
        return;
    }
    EvaluateDialog dialog(workbench_.session, last_, window_);
    if (dialog.exec() != QDialog::Accepted) return;
    last_ = dialog.order();
    workbench_.evaluations.start(last_);
}

}  // namespace discern
