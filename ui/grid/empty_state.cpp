#include "ui/grid/empty_state.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include "ui/theme/icon.h"
#include "ui/theme/theme.h"

namespace discern {

EmptyState::EmptyState(QWidget* parent) : QWidget(parent) {
    icon_ = new QLabel(this);
    headline_ = new QLabel(this);
    detail_ = new QLabel(this);
    button_ = new QPushButton(this);
    button_->setProperty("primary", true);
    QFont large = figureFont(1.3);
    large.setWeight(QFont::DemiBold);
    headline_->setFont(large);
    detail_->setWordWrap(true);
    detail_->setFixedWidth(440);
    for (QLabel* label : {icon_, headline_, detail_}) label->setAlignment(Qt::AlignHCenter | Qt::AlignTop);

    auto* column = new QVBoxLayout(this);
    column->addStretch(2);
    column->addWidget(icon_, 0, Qt::AlignHCenter);
    column->addSpacing(8);
    column->addWidget(headline_, 0, Qt::AlignHCenter);
    column->addSpacing(4);
    // An aligned item would get the height of its text on a single line.
    auto* centred = new QHBoxLayout;
    centred->addStretch();
    centred->addWidget(detail_);
    centred->addStretch();
    column->addLayout(centred);
    column->addSpacing(12);
    column->addWidget(button_, 0, Qt::AlignHCenter);
    column->addStretch(3);

    connect(button_, &QPushButton::clicked, this, [this] {
        if (missing_ == Missing::Picture) Q_EMIT openImagesRequested();
        if (missing_ == Missing::Model) Q_EMIT addModelRequested();
    });
}

void EmptyState::setMissing(Missing missing) {
    missing_ = missing;
    const auto colour = [](const QColor& c) { return QStringLiteral("color: %1").arg(c.name()); };
    headline_->setStyleSheet(colour(currentColours().imageText));
    detail_->setStyleSheet(colour(currentColours().imageSecondaryText));
    QString icon;
    switch (missing) {
        case Missing::Nothing:
            return;
        case Missing::Picture:
            icon = "image";
            headline_->setText(tr("Drop photographs here"));
            detail_->setText(
                tr("or open them with Ctrl+O. PNG, JPEG, TIFF, BMP and WebP; single files or whole folders."));
            button_->setText(tr("Open images…"));
            break;
        case Missing::Model:
            icon = "model";
            headline_->setText(tr("Add a model"));
            detail_->setText(
                tr("Drop a TorchScript file here, or choose one that comes with the program. Two or more "
                   "stand side by side."));
            button_->setText(tr("Add model…"));
            break;
        case Missing::Method:
            icon = "explain";
            headline_->setText(tr("Choose a method"));
            detail_->setText(
                tr("Tick at least one method in the panel on the right; each becomes a row of this grid."));
            break;
    }
    icon_->setPixmap(themedIcon(icon, currentColours().imageSecondaryText).pixmap(QSize(40, 40), devicePixelRatioF()));
    button_->setVisible(missing != Missing::Method);
}

void EmptyState::setPictureNote(const QString& name, const QString& note) {
    headline_->setText(name);
    detail_->setText(note);
    button_->setVisible(false);
}

}  // namespace discern
