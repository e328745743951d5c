#include "ui/dialogs/card_preview.h"

#include <QGraphicsOpacityEffect>
#include <QGridLayout>
#include <QLabel>
#include <QProgressBar>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/panels/model_input_view.h"
#include "ui/panels/panel_parts.h"
#include "ui/theme/theme.h"

namespace discern {

namespace {

constexpr int kSide = 224;
constexpr int kClasses = 5;

}  // namespace

CardPreview::CardPreview(QWidget* parent) : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    image_ = new QLabel;
    image_->setFixedSize(kSide, kSide);
    image_->setAlignment(Qt::AlignCenter);
    image_->setWordWrap(true);
    image_->setProperty("ground", QStringLiteral("image"));
    image_->setProperty("role", QStringLiteral("onImage"));
    column->addWidget(image_, 0, Qt::AlignLeft);
    words_ = makeLabel({}, "secondary");
    words_->setWordWrap(true);
    words_->setFont(figureFont(0.92));
    column->addWidget(words_);
    auto* table = new QGridLayout;
    table->setHorizontalSpacing(10);
    table->setVerticalSpacing(4);
    table->setColumnStretch(0, 1);
    for (int i = 0; i < kClasses; ++i) {
        const Row row{new QLabel, makeLabel({}, "secondary"), new QProgressBar};
        row.name->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
        row.figure->setFont(figureFont());
        row.figure->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        row.bar->setRange(0, 1000);
        row.bar->setTextVisible(false);
        row.bar->setFixedWidth(72);
        table->addWidget(row.name, i, 0);
        table->addWidget(row.bar, i, 1);
        table->addWidget(row.figure, i, 2);
        rows_.append(row);
    }
    column->addLayout(table);
    note_ = makeLabel({}, "faint");
    note_->setWordWrap(true);
    column->addWidget(note_);
    column->addStretch(1);
    setFixedWidth(kSide + 64);
    setPictureName({});
}

void CardPreview::setPictureName(const QString& name) {
    picture_ = name;
    showAnswer({});
    if (!name.isEmpty())
        return;
    image_->setText(tr("Open an image, and it is shown here as the model would see it."));
    words_->clear();
}

void CardPreview::showTrial(const CardTrial& trial) {
    if (trial.input.isNull()) {
        image_->setPixmap({});
        image_->setText(picture_.isEmpty() ? tr("Open an image, and it is shown here as the model would see it.") : tr("nothing to see"));
    } else {
        const qreal density = devicePixelRatioF();
        QImage image = trial.input.scaled(QSize(kSide, kSide) * density, Qt::KeepAspectRatio,
                                          trial.input.width() < kSide ? Qt::FastTransformation : Qt::SmoothTransformation);
        image.setDevicePixelRatio(density);
        image_->setPixmap(QPixmap::fromImage(image));
    }
    words_->setText(trial.model && !picture_.isEmpty()
                        ? tr("%1 as the model would see it: %2").arg(picture_, preprocessingInWords(trial.model->card().input))
                        : QString());
    image_->setAccessibleName(words_->text());
    showAnswer(trial);
}

void CardPreview::showAnswer(const CardTrial& trial) {
    const std::vector<int> top = trial.answer ? trial.answer->top(kClasses) : std::vector<int>();
    for (int i = 0; i < rows_.size(); ++i) {
        const bool there = i < static_cast<int>(top.size());
        for (QWidget* part : {static_cast<QWidget*>(rows_[i].name), static_cast<QWidget*>(rows_[i].figure), static_cast<QWidget*>(rows_[i].bar)})
            part->setVisible(there);
        if (!there)
            continue;
        const int index = top[static_cast<std::size_t>(i)];
        const double probability = static_cast<double>(trial.answer->probabilities[static_cast<std::size_t>(index)]);
        const QString name = QString::fromStdString(trial.model->label(index));
        rows_[i].name->setText(name);
        rows_[i].name->setToolTip(name);
        rows_[i].figure->setText(tr("%1 %").arg(100.0 * probability, 0, 'f', 1));
        rows_[i].bar->setValue(static_cast<int>(1000.0 * probability));
        rows_[i].bar->setAccessibleName(tr("%1: %2 percent").arg(name).arg(100.0 * probability, 0, 'f', 1));
    }
    note_->setText(trial.noAnswer);
    note_->setVisible(!trial.noAnswer.isEmpty());
}

void CardPreview::setStale(bool stale) {
    if (stale == (graphicsEffect() != nullptr))
        return;
    auto* faded = stale ? new QGraphicsOpacityEffect(this) : nullptr;
    if (faded)
        faded->setOpacity(0.5);
    setGraphicsEffect(faded);
}

}  // namespace discern
