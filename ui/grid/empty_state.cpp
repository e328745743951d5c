#include "ui/grid/empty_state.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include "ui/theme/icon.h"
#include "ui/theme/theme.h"

namespace discern {

namespace {

void clear(QBoxLayout* row) {
    while (QLayoutItem* item = row->takeAt(0)) {
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater();  // it may be the one that is being clicked
        }
        delete item;
    }
}

/// A line of buttons in the middle.
QBoxLayout* addRow(QBoxLayout* column) {
    auto* line = new QHBoxLayout;
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    line->addStretch(1);
    line->addLayout(row);
    line->addStretch(1);
    column->addLayout(line);
    return row;
}

QWidget* addSpring(QBoxLayout* column, int stretch) {
    auto* spring = new QWidget;
    spring->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Expanding);
    column->addWidget(spring, stretch);
    return spring;
}

}  // namespace

EmptyState::EmptyState(QWidget* parent) : QWidget(parent) {
    picture_ = new BarePicture(this);
    icon_ = new QLabel(this);
    headline_ = new QLabel(this);
    detail_ = new QLabel(this);
    orModel_ = new QLabel(tr("or begin with a model that comes with the program"), this);
    QFont large = figureFont(1.3);
    large.setWeight(QFont::DemiBold);
    headline_->setFont(large);
    headline_->setWordWrap(true);
    detail_->setWordWrap(true);
    detail_->setFixedWidth(440);
    for (QLabel* label : {icon_, headline_, detail_, orModel_}) label->setAlignment(Qt::AlignHCenter | Qt::AlignTop);

    auto* column = new QVBoxLayout(this);
    column->setSpacing(0);
    column->addWidget(picture_, 8);
    above_ = addSpring(column, 2);
    column->addWidget(icon_, 0, Qt::AlignHCenter);
    column->addSpacing(8);
    column->addWidget(headline_);
    column->addSpacing(4);
    // An aligned item would get the height of its text on a single line.
    auto* centred = new QHBoxLayout;
    centred->addStretch();
    centred->addWidget(detail_);
    centred->addStretch();
    column->addLayout(centred);
    column->addSpacing(12);
    actions_ = addRow(column);
    column->addSpacing(12);
    column->addWidget(orModel_, 0, Qt::AlignHCenter);
    column->addSpacing(8);
    models_ = addRow(column);
    column->addSpacing(8);
    below_ = addSpring(column, 3);
    picture_->hide();
}

void EmptyState::setOffers(const Offers& offers) {
    offers_ = offers;
    buttonsFor_.reset();
    refreshButtons();
}

void EmptyState::setPicture(const std::shared_ptr<const PictureLevels>& picture, const QString& name) {
    const bool shown = picture && !picture->isNull();
    picture_->setPicture(picture, name);
    picture_->setVisible(shown);
    icon_->setVisible(!shown);
    above_->setVisible(!shown);
    below_->setVisible(!shown);
}

void EmptyState::setMissing(Missing missing, bool hasModels) {
    missing_ = missing;
    hasModels_ = hasModels;
    noted_ = false;
    switch (missing) {
        case Missing::Nothing: return;
        case Missing::Picture:
            say(QStringLiteral("image"), tr("Drop photographs here"),
                tr("or open them with Ctrl+O. PNG, JPEG, TIFF, BMP and WebP; single files or whole folders."));
            break;
        case Missing::Model:
            say(QStringLiteral("model"), tr("Add a model"),
                tr("It says what it takes the photograph for, and a map shows where it looked. Drop a model file "
                   "here (.pt, .onnx, .pt2), or choose one; two or more stand side by side."));
            break;
        case Missing::Method:
            say(QStringLiteral("explain"), tr("Choose a method"),
                tr("Tick at least one method in the panel on the right; each becomes a row of this grid."));
            break;
    }
    refreshButtons();
}

void EmptyState::setPictureNote(const QString& name, const QString& note) {
    noted_ = true;
    headline_->setText(name);
    detail_->setText(note);
    refreshButtons();
}

void EmptyState::say(const QString& icon, const QString& headline, const QString& detail) {
    const auto colour = [](const QColor& c) { return QStringLiteral("color: %1").arg(c.name()); };
    headline_->setStyleSheet(colour(currentColours().imageText));
    for (QLabel* label : {detail_, orModel_}) label->setStyleSheet(colour(currentColours().imageSecondaryText));
    headline_->setText(headline);
    detail_->setText(detail);
    icon_->setPixmap(themedIcon(icon, currentColours().imageSecondaryText).pixmap(QSize(40, 40), devicePixelRatioF()));
}

QPushButton* EmptyState::addButton(QBoxLayout* row, const QString& text, const QString& tip) {
    auto* button = new QPushButton(text);
    button->setToolTip(tip);
    // The first button of the page is what most people want next.
    button->setProperty("primary", actions_->count() + models_->count() == 0);
    row->addWidget(button);
    return button;
}

void EmptyState::refreshButtons() {
    // A button that is being pressed stays where nothing changes.
    if (const auto now = std::tuple(missing_, hasModels_, noted_); std::exchange(buttonsFor_, now) == now) return;
    clear(actions_);
    clear(models_);
    orModel_->hide();
    if (missing_ == Missing::Nothing || missing_ == Missing::Method || noted_) return;
    const auto offerModels = [this] {
        for (const Offers::Model& model : offers_.models.mid(0, kModels))
            connect(addButton(models_, model.title, model.tip), &QPushButton::clicked, this,
                    [this, name = model.name] { Q_EMIT modelRequested(name); });
    };
    if (missing_ == Missing::Model) {
        offerModels();
        connect(addButton(models_, tr("Add model…"), {}), &QPushButton::clicked, this, &EmptyState::addModelRequested);
        return;
    }
    connect(addButton(actions_, tr("Open images…"), {}), &QPushButton::clicked, this, &EmptyState::openImagesRequested);
    if (offers_.sample)
        connect(addButton(actions_, tr("Open a sample"), tr("Open the sample photographs")), &QPushButton::clicked, this,
                &EmptyState::sampleRequested);
    orModel_->setVisible(!hasModels_ && !offers_.models.isEmpty());
    if (!hasModels_) offerModels();
}

}  // namespace discern
