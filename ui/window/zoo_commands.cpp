#include "ui/window/zoo_commands.h"

#include "core/model/zoo.h"
#include "ui/actions/actions.h"
#include "ui/dialogs/get_models_dialog.h"
#include "ui/words/core_words.h"

namespace discern {

ZooCommands::ZooCommands(Workbench& workbench, Actions& actions, QWidget* window)
    : QObject(window), workbench_(workbench), window_(window), fetches_(workbench.jobs) {
    connect(actions["get-models"], &QAction::triggered, this, &ZooCommands::ask);
    connect(&fetches_, &ModelFetches::fetched, this, &ZooCommands::take);
    connect(&fetches_, &ModelFetches::changed, this, [this](const QString& name) {
        const QString error = fetches_.state(name).error;
        if (!error.isEmpty() && !dialog_) workbench_.tell(error);
    });
}

void ZooCommands::ask() {
    if (!dialog_) {
        dialog_ = new GetModelsDialog(fetches_, window_);
        dialog_->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog_, &QDialog::finished, this, [this] { adds_ = dialog_->adds(); });
    }
    // Not modal: the jobs panel shows how far it is.
    dialog_->show();
    dialog_->raise();
    dialog_->activateWindow();
}

void ZooCommands::take(const QString& name) {
    if (dialog_ ? dialog_->adds() : adds_) workbench_.openModels({name});
    Q_EMIT fetched(coreWords(findZooModel(name.toStdString())->title));
}

}  // namespace discern
