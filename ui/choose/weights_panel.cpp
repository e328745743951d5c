#include "ui/choose/weights_panel.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QSlider>
#include <QToolButton>
#include <cmath>

#include "core/choose/presets.h"
#include "ui/choose/criterion_words.h"
#include "ui/dialogs/excluded_files.h"
#include "ui/theme/theme.h"
#include "ui/words/core_words.h"

namespace discern {

namespace {

constexpr int kStepsPerWeight = 2;
constexpr int kSliderWidth = 84;

QLabel* label(const QString& text, const char* role) {
    auto* made = new QLabel(text);
    made->setProperty("role", QString::fromLatin1(role));
    made->setWordWrap(true);
    return made;
}

QString weightText(double weight) { return QString::number(weight, 'g', 2); }

}  // namespace

WeightsPanel::WeightsPanel(Choice& choice, QWidget* parent)
    : QWidget(parent), choice_(choice), column_(new QVBoxLayout(this)) {
    setProperty("ground", QStringLiteral("panel"));
    setAttribute(Qt::WA_StyledBackground);
    column_->setContentsMargins(10, 10, 10, 10);
    column_->setSpacing(6);
    addSection(tr("What matters"));
    preset_ = new QComboBox;
    preset_->setAccessibleName(tr("Preset"));
    preset_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    for (const WeightPreset& preset : weightPresets()) {
        preset_->addItem(coreWords(preset.title), QString::fromStdString(preset.name));
        preset_->setItemData(preset_->count() - 1, coreWords(preset.tells), Qt::ToolTipRole);
    }
    preset_->addItem(tr("Weights of my own"), QString());
    column_->addWidget(preset_);
    presetTells_ = label({}, "faint");
    column_->addWidget(presetTells_);
    sliderBox_ = new QWidget;
    column_->addWidget(sliderBox_);
    more_ = new QToolButton;
    more_->setCheckable(true);
    more_->setToolButtonStyle(Qt::ToolButtonTextOnly);
    column_->addWidget(more_);
    column_->addSpacing(10);
    addSection(tr("Measured on"));
    measuredOn_ = label({}, "secondary");
    column_->addWidget(measuredOn_);
    excluded_ = new QToolButton;
    excluded_->setToolTip(tr("See which files, and why"));
    column_->addWidget(excluded_);
    connect(excluded_, &QToolButton::clicked, this, [this] {
        auto* files = new ExcludedFiles(choice_.evaluation().set, window());
        files->setAttribute(Qt::WA_DeleteOnClose);
        files->open();
    });
    column_->addSpacing(10);
    addSection(tr("Look behind"));
    whose_ = label({}, "faint");
    column_->addWidget(whose_);
    galleries_ = new QVBoxLayout;
    galleries_->setSpacing(0);
    column_->addLayout(galleries_);
    column_->addStretch(1);
    connect(preset_, &QComboBox::activated, this, [this](int row) {
        const QString name = preset_->itemData(row).toString();
        if (!name.isEmpty()) choice_.setPreset(name.toStdString());
    });
    connect(more_, &QToolButton::toggled, this, &WeightsPanel::refreshSliders);
    connect(&choice_, &Choice::boardChanged, this, &WeightsPanel::rebuild);
    connect(&choice_, &Choice::staleChanged, this, &WeightsPanel::tellMeasured);
    connect(&choice_, &Choice::weightsChanged, this, &WeightsPanel::refreshSliders);
    connect(&choice_, &Choice::shownChanged, this, &WeightsPanel::refreshSliders);
    connect(&choice_, &Choice::selectionChanged, this, &WeightsPanel::refreshGalleries);
    rebuild();
}

QLabel* WeightsPanel::addSection(const QString& title) {
    QLabel* section = label(title.toUpper(), "section");
    section->setFont(sectionFont());
    column_->addWidget(section);
    return section;
}

void WeightsPanel::rebuild() {
    delete sliderBox_;
    sliderBox_ = new QWidget;
    column_->insertWidget(3, sliderBox_);
    grid_ = new QGridLayout(sliderBox_);
    grid_->setContentsMargins(0, 4, 0, 0);
    grid_->setHorizontalSpacing(8);
    grid_->setVerticalSpacing(3);
    grid_->setColumnStretch(0, 1);
    sliders_.clear();
    figures_.clear();
    rows_.clear();
    for (int c = 0; c < static_cast<int>(choice_.board().criteria.size()); ++c) addSlider(c, c);
    tellMeasured();
    const int excluded = choice_.empty() ? 0 : static_cast<int>(choice_.evaluation().set.excluded.size());
    excluded_->setText(tr("%n file(s) left out…", nullptr, excluded));
    excluded_->setVisible(excluded > 0);
    refreshSliders();
    refreshGalleries();
}

void WeightsPanel::tellMeasured() {
    QStringList lines;
    for (const std::string& line : choice_.board().measuredOn) lines.append(QString::fromStdString(line));
    if (!choice_.stale().isEmpty()) lines.append(choice_.stale());
    measuredOn_->setText(lines.join(QStringLiteral("\n")));
}

void WeightsPanel::addSlider(int criterion, int row) {
    const Criterion& of = choice_.board().criteria[static_cast<std::size_t>(criterion)];
    QLabel* name = label(coreWords(of.title), "secondary");
    auto* slider = new QSlider(Qt::Horizontal);
    slider->setRange(0, static_cast<int>(kStepsPerWeight * kHighestWeight));
    slider->setPageStep(kStepsPerWeight);
    slider->setFixedWidth(kSliderWidth);
    slider->setAccessibleName(tr("Weight of %1").arg(coreWords(of.title)));
    slider->setToolTip(tellsOf(of));
    name->setToolTip(tellsOf(of));
    name->setBuddy(slider);
    auto* figure = label({}, "secondary");
    figure->setFixedWidth(QFontMetrics(figureFont()).horizontalAdvance(QStringLiteral("0.00")));
    figure->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    grid_->addWidget(name, row, 0);
    grid_->addWidget(slider, row, 1);
    grid_->addWidget(figure, row, 2);
    sliders_[criterion] = slider;
    figures_[criterion] = figure;
    rows_[criterion] = {name, slider, figure};
    connect(slider, &QSlider::valueChanged, this, [this, criterion](int value) {
        choice_.setWeight(criterion, static_cast<double>(value) / kStepsPerWeight);
    });
}

void WeightsPanel::refreshSliders() {
    int hidden = 0;
    for (auto row = rows_.cbegin(); row != rows_.cend(); ++row) {
        const double weight = choice_.weights().at(static_cast<std::size_t>(row.key()));
        QSlider* slider = sliders_[row.key()];
        const QSignalBlocker blocker(slider);
        slider->setValue(static_cast<int>(std::lround(kStepsPerWeight * weight)));
        figures_[row.key()]->setText(weightText(weight));
        const bool shown = choice_.shown().contains(row.key());
        hidden += !shown;
        for (QWidget* widget : row.value())
            if (widget->isHidden() == (shown || more_->isChecked())) widget->setVisible(shown || more_->isChecked());
    }
    more_->setVisible(hidden > 0);
    more_->setText(more_->isChecked() ? tr("Fewer criteria") : tr("%n more criteria", nullptr, hidden));
    const int row = preset_->findData(QString::fromStdString(choice_.state().preset));
    preset_->setCurrentIndex(row < 0 ? preset_->count() - 1 : row);
    presetTells_->setText(preset_->currentData(Qt::ToolTipRole).toString());
    presetTells_->setVisible(!presetTells_->text().isEmpty());
}

void WeightsPanel::refreshGalleries() {
    while (QLayoutItem* item = galleries_->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    whose_->setText(choice_.selected() < 0 ? tr("of any model")
                                           : tr("of %1").arg(choice_.models()[choice_.selected()].name));
    whose_->setVisible(!choice_.empty());
    for (const Gallery& gallery : choice_.galleries()) {
        auto* row = new QWidget;
        auto* line = new QHBoxLayout(row);
        line->setContentsMargins(0, 0, 0, 0);
        auto* button = new QToolButton;
        button->setText(coreWords(gallery.title));
        button->setObjectName(QStringLiteral("gallery-") + QString::fromStdString(gallery.name));
        const QString why = coreWords(gallery.lacking.empty() ? gallery.tells : gallery.lacking);
        button->setToolTip(why);
        button->setEnabled(!gallery.images.empty());
        QLabel* count =
            label(gallery.lacking.empty() ? QString::number(gallery.images.size()) : QStringLiteral("–"), "secondary");
        count->setFont(figureFont());
        count->setToolTip(why);
        line->addWidget(button);
        line->addStretch(1);
        line->addWidget(count);
        galleries_->addWidget(row);
        connect(button, &QToolButton::clicked, this, [this, name = gallery.name] { choice_.openGallery(name); });
    }
}

}  // namespace discern
