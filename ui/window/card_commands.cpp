#include "ui/window/card_commands.h"

#include <optional>
#include <utility>

#include "core/model/card_place.h"
#include "ui/actions/actions.h"
#include "ui/dialogs/card_form.h"

namespace discern {

CardCommands::CardCommands(Workbench& workbench, Actions& actions, QWidget* window)
    : QObject(window), workbench_(workbench), actions_(actions), window_(window) {
    connect(actions["edit-card"], &QAction::triggered, this, [this] { edit(workbench_.session.pickedModels().value(0)); });
    connect(&workbench.library, &Library::cardWanted, this, [this](int model) {
        waiting_.append(model);
        if (form_)
            form_->setOthers(static_cast<int>(waiting_.size()));
        askNext();
    });
    connect(&workbench.session, &Session::currentPictureChanged, this, &CardCommands::showPicture);
    connect(&workbench.library, &Library::pictureChanged, this, &CardCommands::showPicture);
    connect(&workbench.session, &Session::selectionChanged, this, &CardCommands::refresh);
    connect(&workbench.session, &Session::modelsChanged, this, &CardCommands::refresh);
    connect(&workbench.library, &Library::modelChanged, this, &CardCommands::refresh);
    refresh();
}

bool CardCommands::editable(const ModelEntry& entry) { return entry.model && !entry.asking && !entry.model->card().assumed.empty(); }

void CardCommands::refresh() {
    const ModelEntry* entry = workbench_.library.model(workbench_.session.pickedModels().value(0));
    actions_["edit-card"]->setEnabled(entry && editable(*entry));
}

void CardCommands::edit(int model) { workbench_.library.askForCard(model); }

void CardCommands::askNext() {
    while (!form_ && !waiting_.isEmpty()) {
        const int model = waiting_.takeFirst();
        if (workbench_.session.model(model))
            open(model);
        else
            workbench_.library.declineCard(model);  // it was removed meanwhile
    }
}

void CardCommands::open(int model) {
    const ModelEntry& entry = *workbench_.library.model(model);
    const nlohmann::json known = entry.model ? entry.model->card().original : entry.asking->knownFields();
    form_ = new CardForm(workbench_.jobs, entry.asking, known, static_cast<int>(waiting_.size()), window_);
    form_->setAttribute(Qt::WA_DeleteOnClose);
    connect(form_, &QDialog::finished, this, [this, model](int result) { finish(model, result); });
    showPicture();
    form_->open();
}

void CardCommands::showPicture() {
    if (!form_)
        return;
    const PictureEntry* entry = workbench_.library.picture(workbench_.session.currentPicture());
    form_->setPicture(entry ? entry->picture : nullptr);
}

void CardCommands::finish(int model, int result) {
    const QPointer<CardForm> form = form_;
    form_.clear();
    if (result == QDialog::Accepted) {
        keep(model, form->model()->card());
        if (form->forAll())
            tryOnOthers(form->model()->card().original);
    } else {
        decline(model);
    }
    askNext();
}

void CardCommands::decline(int model) {
    const bool wasOpen = workbench_.library.model(model)->model != nullptr;
    workbench_.library.declineCard(model);
    if (wasOpen)
        return;
    workbench_.session.removeModels({model});
    workbench_.tell(tr("%1 was left out: it has no card, and nobody said how images enter it.").arg(workbench_.library.model(model)->name));
}

void CardCommands::keep(int model, const ModelCard& card) {
    struct Outcome {
        std::shared_ptr<const Model> described;
        QString place;
        QString error;
    };
    const auto outcome = std::make_shared<Outcome>();
    const ModelEntry& entry = *workbench_.library.model(model);
    JobSpec job;
    job.title = tr("Open %1 with its card").arg(entry.name);
    job.priority = 200;
    job.kept = true;
    job.work = [outcome, file = entry.asking, card](Progress& progress) {
        outcome->described = file->model(card, progress);
        progress.report(0.9, "keeping the card");
        try {
            outcome->place = QString::fromStdString(keepCard(card.original, file->path(), file->sha256()).string());
        } catch (const Error& error) {
            outcome->error = QString::fromUtf8(error.what());
        }
    };
    job.finished = [this, model, outcome](const JobStatus& status) {
        if (!outcome->described) {
            workbench_.library.declineCard(model);
            return workbench_.tell(status.state == JobState::Failed ? QString::fromStdString(status.error) : tr("cancelled"));
        }
        workbench_.library.answerCard(model, outcome->described);
        const QString name = workbench_.library.model(model)->name;
        if (outcome->error.isEmpty())
            Q_EMIT kept(tr("The card of %1 is kept as %2").arg(name, outcome->place));
        else
            workbench_.tell(tr("The card of %1 holds until the window closes, since it could not be kept: %2").arg(name, outcome->error));
    };
    workbench_.jobs.submit(std::move(job));
}

void CardCommands::tryOnOthers(const nlohmann::json& card) {
    nlohmann::json same = card;
    same.erase("name");
    for (const int model : std::exchange(waiting_, {})) {
        const auto fits = std::make_shared<std::optional<ModelCard>>();
        JobSpec job;
        job.title = tr("Try the same card for %1").arg(workbench_.library.model(model)->name);
        job.priority = 110;
        job.work = [fits, file = workbench_.library.model(model)->asking, same](Progress& progress) {
            try {
                ModelCard mine = file->card({.card = same, .overrides = true}, progress);
                static_cast<void>(file->preview(mine, progress));
                *fits = std::move(mine);
            } catch (const Error& error) {
                if (error.kind() == ErrorKind::Cancelled)
                    throw;  // else it does not fit: this model is asked about
            }
        };
        job.finished = [this, model, fits](const JobStatus&) {
            if (*fits)
                return keep(model, **fits);
            waiting_.append(model);
            askNext();
        };
        workbench_.jobs.submit(std::move(job));
    }
}

}  // namespace discern
