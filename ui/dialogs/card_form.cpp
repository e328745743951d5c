#include "ui/dialogs/card_form.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

#include "core/model/card_place.h"
#include "ui/dialogs/card_fields.h"
#include "ui/dialogs/card_preview.h"
#include "ui/panels/panel_parts.h"
#include "ui/words/numbers.h"

namespace discern {

namespace {

/// `over` wins, field by field within "input". What is known is no guess, unless its own card says so.
nlohmann::json laidOver(const nlohmann::json& over, nlohmann::json guess) {
    nlohmann::json guessed = nlohmann::json::array();
    for (const nlohmann::json& field : guess["guessed"])
        if (!findCardField(over, field.get<std::string>()))
            guessed.push_back(field);
    if (const nlohmann::json* own = findCardField(over, "guessed"); own && own->is_array())
        for (const nlohmann::json& field : *own)
            guessed.push_back(field);
    guess.merge_patch(over);
    guess["guessed"] = guessed;
    return guess;
}

}  // namespace

CardForm::CardForm(JobQueue& jobs, std::shared_ptr<const ModelFile> file, const nlohmann::json& card, int others, QWidget* parent)
    : QDialog(parent), file_(std::move(file)), known_(card) {
    trials_ = new CardTrials(jobs, file_, this);
    build(others);
    connect(trials_, &CardTrials::guessed, this, &CardForm::takeGuess);
    connect(trials_, &CardTrials::guessFailed, this, [this](const QString& error) { tell(error, true); });
    connect(trials_, &CardTrials::started, this, [this] {
        current_ = false;
        preview_->setStale(true);
    });
    connect(trials_, &CardTrials::finished, this, &CardForm::take);
    connect(fields_, &CardFields::changed, this, &CardForm::change);
    fields_->setEnabled(false);
    ok_->setEnabled(false);
    tell(tr("Looking at the network…"), false);
    trials_->guess();
}

void CardForm::build(int others) {
    const QString name = QString::fromStdString(file_->path().filename().string());
    setWindowTitle(tr("How do images enter %1?").arg(name));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 14, 16, 12);
    column->setSpacing(8);
    auto* head = new QLabel(file_->hasCard()
                                ? tr("State here what the card of %1 leaves open or only guesses.").arg(name)
                                : tr("%1 has no card that says how images enter it. State what you know; what you leave "
                                     "as it is stays marked as a guess.")
                                      .arg(name));
    head->setWordWrap(true);
    column->addWidget(head);
    found_ = makeLabel({}, "secondary");
    found_->setWordWrap(true);
    column->addWidget(found_);
    auto* halves = new QHBoxLayout;
    halves->setSpacing(20);
    fields_ = new CardFields;
    fields_->setMinimumWidth(400);
    preview_ = new CardPreview;
    halves->addWidget(fields_, 1);
    halves->addWidget(preview_);
    column->addLayout(halves, 1);
    words_ = makeLabel({}, "secondary");
    words_->setWordWrap(true);
    words_->setMinimumHeight(2 * words_->fontMetrics().lineSpacing());
    words_->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    words_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(words_);
    all_ = new QCheckBox;
    all_->setToolTip(tr("The same answer is tried on each of them; those that it does not fit are asked about one by one."));
    column->addWidget(all_);
    setOthers(others);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    ok_ = buttons->button(QDialogButtonBox::Ok);
    ok_->setProperty("primary", true);
    ok_->setToolTip(tr("Use this and keep it as %1 beside the model, or in your own folder where that cannot be written")
                        .arg(QString::fromStdString(cardBeside(file_->path()).filename().string())));
    buttons->button(QDialogButtonBox::Cancel)->setToolTip(file_->hasCard() ? tr("Leave the card as it is") : tr("Leave the model out"));
    connect(buttons, &QDialogButtonBox::accepted, this, &CardForm::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &CardForm::reject);
    column->addWidget(buttons);
}

void CardForm::setPicture(const std::shared_ptr<const Picture>& picture) {
    preview_->setPictureName(picture ? QString::fromStdString(picture->name) : QString());
    trials_->setPicture(picture);
}

void CardForm::setOthers(int others) {
    all_->setText(others == 1 ? tr("Use it for the other model without a card too")
                              : tr("Use it for the other %1 models without a card too").arg(others));
    all_->setVisible(others > 0);
}

bool CardForm::forAll() const { return !all_->isHidden() && all_->isChecked(); }

void CardForm::takeGuess(const CardGuess& guess) {
    QStringList found;
    for (const std::string& sentence : guess.found)
        found += QString::fromStdString(sentence);
    found_->setText(tr("Found by trying: %1").arg(found.join(QLatin1Char(' '))));
    fields_->setEnabled(true);
    fields_->setCard(laidOver(known_, guess.card));
    fields_->setFocus();
}

void CardForm::change() {
    current_ = false;
    const QString problem = fields_->problem();
    ok_->setEnabled(problem.isEmpty());
    if (!problem.isEmpty()) {
        preview_->setStale(true);
        return tell(problem, true);
    }
    tell(tr("Trying…"), false);
    trials_->ask(fields_->card(), fields_->labelsFile());
}

void CardForm::take(const CardTrial& trial) {
    if (!fields_->problem().isEmpty())
        return;
    trial_ = trial;
    current_ = true;
    preview_->setStale(false);
    preview_->showTrial(trial);
    ok_->setEnabled(trial.error.isEmpty());
    if (!trial.error.isEmpty()) {
        accepting_ = false;
        return tell(trial.error, true);
    }
    const ModelCard& card = trial.model->card();
    const std::string_view word = toString(card.output);
    const QString kind = QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size()));
    const auto count = static_cast<qsizetype>(card.guessed.size());
    const QString guesses = count == 0 ? QString() : tr(" %n field(s) still guessed.", nullptr, static_cast<int>(count));
    tell(tr("It fits: %1 classes; the outputs are %2.").arg(trial.model->classCount()).arg(kind) + guesses, false);
    if (accepting_)
        accept();
}

void CardForm::tell(const QString& words, bool wrong) {
    words_->setProperty("role", wrong ? QStringLiteral("warning") : QStringLiteral("secondary"));
    words_->style()->polish(words_);
    words_->setText(words);
}

void CardForm::accept() {
    if (!current_ && fields_->problem().isEmpty()) {
        accepting_ = true;  // as soon as the trial says that it fits
        return;
    }
    if (current_ && trial_.error.isEmpty())
        QDialog::accept();
}

}  // namespace discern
