#include "ui/dialogs/card_fields.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "core/model/model_card.h"
#include "core/model/normalisation.h"
#include "ui/panels/panel_parts.h"
#include "ui/theme/theme.h"

namespace discern {

namespace {

using nlohmann::json;

constexpr int kMostSide = 8192;

QString listed(const std::vector<double>& numbers) {
    QStringList words;
    for (const double number : numbers)
        words += QString::number(number, 'g', 10);
    return words.join(QStringLiteral(", "));
}

/// Numbers parted by commas, semicolons or spaces; empty where something else stands among them.
std::vector<double> numbersIn(QString text) {
    std::vector<double> numbers;
    text.replace(QLatin1Char(';'), QLatin1Char(' ')).replace(QLatin1Char(','), QLatin1Char(' '));
    for (const QString& word : text.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        bool ok = false;
        const double number = word.toDouble(&ok);
        if (!ok || !std::isfinite(number))
            return {};
        numbers.push_back(number);
    }
    return numbers;
}

std::vector<double> numbersOf(const json& card, const char* field) {
    std::vector<double> numbers;
    if (const json* values = findCardField(card, field); values && values->is_array())
        for (const json& value : *values)
            if (value.is_number())
                numbers.push_back(value.get<double>());
    return numbers;
}

double numberOf(const json& card, const char* field, double otherwise) {
    const json* value = findCardField(card, field);
    return value && value->is_number() ? value->get<double>() : otherwise;
}

QString textOf(const json& card, const char* field) {
    const json* value = findCardField(card, field);
    return value && value->is_string() ? QString::fromStdString(value->get<std::string>()) : QString();
}

void choose(QComboBox* combo, const QString& word) { combo->setCurrentIndex(std::max(0, combo->findData(word))); }

bool nearlyEqual(const std::vector<double>& a, const std::vector<double>& b) {
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [](double x, double y) { return std::abs(x - y) < 1e-6; });
}

}  // namespace

CardFields::CardFields(QWidget* parent) : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    buildInput();
    buildValues();
    buildOutput();
    column->addStretch(1);
}

Form& CardFields::section(const QString& title) {
    QLabel* head = makeLabel(title.toUpper(), "section");
    head->setFont(sectionFont());
    head->setContentsMargins(10, 6, 0, 0);
    layout()->addWidget(head);
    auto* form = new Form;
    static_cast<QVBoxLayout*>(layout())->addLayout(form);
    return *form;
}

void CardFields::add(Form& form, const QString& label, QWidget* control, const QString& tip, const QStringList& fields) {
    auto* row = new QWidget;
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(6);
    line->addWidget(control, 1);
    if (control->accessibleName().isEmpty())
        control->setAccessibleName(label);
    control->setToolTip(tip);
    auto* mark = new QToolButton;
    mark->setText(tr("guess"));
    mark->setProperty("role", QStringLiteral("mark"));
    mark->setFont(figureFont(0.88));
    mark->setToolTip(tr("Nobody stated this yet; press here where it is right."));
    mark->setAccessibleName(tr("%1 is a guess: say that it is right").arg(label));
    QSizePolicy policy = mark->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    mark->setSizePolicy(policy);
    line->addWidget(mark);
    row->setFocusProxy(control);
    row->setAccessibleName(label);
    form.add(label, row, tip);
    fieldsOf_.insert(control, fields);
    marks_.insert(control, mark);
    connect(mark, &QToolButton::clicked, this, [this, control] {
        state(control);
        control->setFocus();
    });
}

QComboBox* CardFields::makeChoice(const char* field, const QStringList& words, const QString& first) {
    auto* combo = new QComboBox;
    if (!first.isEmpty())
        combo->addItem(first, QString());
    const std::vector<std::string> meanings = cardWords(field);
    for (std::size_t i = 0; i < meanings.size(); ++i) {
        const QString meaning = QString::fromStdString(meanings[i]);
        combo->addItem(words.value(static_cast<qsizetype>(i), meaning), meaning);
    }
    combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    connect(combo, &QComboBox::activated, this, [this, combo] { state(combo); });
    return combo;
}

QLineEdit* CardFields::makeNumbers(const QString& name) {
    auto* edit = new QLineEdit;
    edit->setAccessibleName(name);
    edit->setFont(figureFont());
    connect(edit, &QLineEdit::textEdited, this, [this] {
        showNormalisation();
        state(normalisation_);
    });
    return edit;
}

void CardFields::buildInput() {
    Form& form = section(tr("Input"));
    auto* size = new QWidget;
    auto* sides = new QHBoxLayout(size);
    sides->setContentsMargins(0, 0, 0, 0);
    sides->setSpacing(6);
    for (QSpinBox** side : {&height_, &width_}) {
        *side = new QSpinBox;
        (*side)->setRange(0, kMostSide);
        (*side)->setSpecialValueText(tr("unknown"));
        (*side)->setAccessibleName(side == &height_ ? tr("Height in pixels") : tr("Width in pixels"));
        connect(*side, &QSpinBox::valueChanged, this, [this, size] { state(size); });
    }
    sides->addWidget(height_, 1);
    sides->addWidget(makeLabel(QStringLiteral("×"), "secondary"));
    sides->addWidget(width_, 1);
    size->setFocusProxy(height_);
    add(form, tr("size"), size, tr("Height and width of the network's input, in pixels"), {QStringLiteral("input.size")});
    color_ = makeChoice("input.color", {tr("RGB"), tr("BGR, as OpenCV reads images"), tr("grey, one channel")});
    connect(color_, &QComboBox::activated, this, &CardFields::changeColor);
    add(form, tr("colours"), color_, tr("The network's channels and their order"), {QStringLiteral("input.color")});
    resize_ = makeChoice("input.resize", {tr("shorter side, then the centre"), tr("stretched"), tr("not at all")});
    add(form, tr("resize"), resize_, tr("How an image of another size becomes the input"), {QStringLiteral("input.resize")});
    interpolation_ = makeChoice("input.interpolation", {tr("nearest"), tr("bilinear"), tr("bicubic")});
    add(form, tr("scaling"), interpolation_, tr("How pixels are computed when an image is scaled"), {QStringLiteral("input.interpolation")});
    crop_ = new QDoubleSpinBox;
    crop_->setRange(1.0, 100.0);
    crop_->setDecimals(2);
    crop_->setSuffix(tr(" %"));
    connect(crop_, &QDoubleSpinBox::valueChanged, this, [this] { state(crop_); });
    add(form, tr("crop"), crop_, tr("The share of the scaled image's side that the network sees; 87.5 % is usual in torchvision"),
        {QStringLiteral("input.crop")});
}

void CardFields::buildValues() {
    Form& form = section(tr("Values"));
    normalisation_ = new QComboBox;
    normalisation_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    for (const Normalisation& usual : usualNormalisations(3))
        normalisation_->addItem(QString::fromStdString(usual.name));
    normalisation_->addItem(tr("other values"));
    connect(normalisation_, &QComboBox::activated, this, &CardFields::takeNormalisation);
    add(form, tr("range"), normalisation_, tr("Usual ways to bring levels of 0 to 255 into the network's range: (v / divide − mean) / deviation"),
        {QStringLiteral("input.divide"), QStringLiteral("input.mean"), QStringLiteral("input.std")});
    divide_ = makeNumbers(tr("divide"));
    mean_ = makeNumbers(tr("mean"));
    std_ = makeNumbers(tr("deviation"));
    form.add(tr("divide"), divide_, tr("What a level of 0 to 255 is divided by first"));
    form.add(tr("mean"), mean_, tr("Taken off then, for each channel"));
    form.add(tr("deviation"), std_, tr("Divided by at last, for each channel"));
}

void CardFields::buildOutput() {
    Form& form = section(tr("Output"));
    auto* file = new QWidget;
    auto* line = new QHBoxLayout(file);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(4);
    labels_ = new QLineEdit;
    labels_->setAccessibleName(tr("File of class names"));
    QToolButton* browse = makeToolButton(QStringLiteral("folder"), tr("Choose a file of class names"));
    line->addWidget(labels_, 1);
    line->addWidget(browse);
    file->setFocusProxy(labels_);
    connect(labels_, &QLineEdit::textEdited, this, &CardFields::changed);
    connect(browse, &QToolButton::clicked, this, &CardFields::browseLabels);
    form.add(tr("labels"), file, tr("The classes' names: a text file with one a line, or a JSON list, in the order of the outputs"));
    output_ = makeChoice("output",
                         {tr("logits, one class"), tr("probabilities, one class"), tr("logits, several labels"),
                          tr("probabilities, several labels"), tr("one logit, two classes"), tr("one probability, two classes")},
                         tr("as found by trying"));
    add(form, tr("returns"), output_, tr("What the network's outputs are"), {QStringLiteral("output")});
    outputName_ = new QLineEdit;
    outputName_->setPlaceholderText(tr("only among several"));
    connect(outputName_, &QLineEdit::textEdited, this, [this] { state(outputName_); });
    add(form, tr("name"), outputName_, tr("Which of several outputs holds the scores of the classes"), {QStringLiteral("output_name")});
    layout_ = makeChoice("layout", {tr("channels first (NCHW)"), tr("channels last (NHWC)")}, tr("as found by trying"));
    add(form, tr("layout"), layout_, tr("The order of the input's dimensions"), {QStringLiteral("layout")});
}

void CardFields::setCard(const json& card) {
    filling_ = true;
    given_ = card;
    if (!given_.contains("input") || !given_["input"].is_object())
        given_["input"] = json::object();
    guessed_.clear();
    if (const json* names = findCardField(card, "guessed"); names && names->is_array())
        for (const json& name : *names)
            if (name.is_string())
                guessed_.insert(QString::fromStdString(name.get<std::string>()));
    const json* size = findCardField(card, "input.size");
    const bool known = size && size->is_array() && size->size() == 2 && (*size)[0].is_number() && (*size)[1].is_number();
    height_->setValue(known ? (*size)[0].get<int>() : 0);
    width_->setValue(known ? (*size)[1].get<int>() : 0);
    choose(color_, textOf(card, "input.color"));
    choose(resize_, textOf(card, "input.resize"));
    choose(interpolation_, textOf(card, "input.interpolation"));
    crop_->setValue(100.0 * numberOf(card, "input.crop", 1.0));
    divide_->setText(QString::number(numberOf(card, "input.divide", 1.0), 'g', 10));
    mean_->setText(listed(numbersOf(card, "input.mean")));
    std_->setText(listed(numbersOf(card, "input.std")));
    const json* labels = findCardField(card, "labels");
    labels_->setPlaceholderText(labels && labels->is_array() ? tr("%1 names of the card").arg(labels->size())
                                                             : tr("none: class 0, class 1, …"));
    choose(output_, textOf(card, "output"));
    outputName_->setText(textOf(card, "output_name"));
    choose(layout_, textOf(card, "layout"));
    showNormalisation();
    filling_ = false;
    showMarks();
    Q_EMIT changed();
}

json CardFields::card() const {
    json card = given_;
    json& input = card["input"];
    if (height_->value() > 0 && width_->value() > 0)
        input["size"] = {height_->value(), width_->value()};
    input["color"] = color_->currentData().toString().toStdString();
    input["resize"] = resize_->currentData().toString().toStdString();
    input["interpolation"] = interpolation_->currentData().toString().toStdString();
    input["crop"] = crop_->value() / 100.0;
    const std::vector<double> divide = numbersIn(divide_->text());
    input["divide"] = divide.empty() ? 1.0 : divide.front();
    input["mean"] = numbersIn(mean_->text());
    input["std"] = numbersIn(std_->text());
    const auto put = [&card](const char* field, const QString& word) {
        // Nothing takes away what the file's own card says.
        card[field] = word.isEmpty() ? json() : json(word.toStdString());
    };
    put("output", output_->currentData().toString());
    put("output_name", outputName_->text().trimmed());
    put("layout", layout_->currentData().toString());
    QStringList names(guessed_.begin(), guessed_.end());
    names.sort();
    json guessed = json::array();
    for (const QString& name : names)
        if (findCardField(card, name.toStdString()))
            guessed.push_back(name.toStdString());
    card.erase("guessed");
    if (!guessed.empty())
        card["guessed"] = guessed;
    return card;
}

QString CardFields::labelsFile() const { return labels_->text().trimmed(); }

QString CardFields::problem() const {
    if (height_->value() == 0 || width_->value() == 0)
        return tr("Say what size the network's input has: height and width in pixels.");
    if (numbersIn(divide_->text()).size() != 1 || numbersIn(divide_->text()).front() == 0.0)
        return tr("divide must be one number other than 0.");
    const auto count = static_cast<std::size_t>(channels());
    const std::vector<double> deviations = numbersIn(std_->text());
    const QString demand = channels() == 1 ? tr("%1 must be one number.") : tr("%1 must be three numbers, one a channel, parted by commas.");
    if (numbersIn(mean_->text()).size() != count)
        return demand.arg(tr("mean"));
    if (deviations.size() != count)
        return demand.arg(tr("deviation"));
    if (std::find(deviations.begin(), deviations.end(), 0.0) != deviations.end())
        return tr("deviation must not be 0.");
    return {};
}

int CardFields::channels() const { return color_->currentData().toString() == QStringLiteral("gray") ? 1 : 3; }

void CardFields::state(QWidget* control) {
    if (filling_)
        return;
    for (const QString& field : fieldsOf_.value(control))
        guessed_.remove(field);
    showMarks();
    Q_EMIT changed();
}

void CardFields::showMarks() {
    for (auto it = marks_.constBegin(); it != marks_.constEnd(); ++it) {
        const QStringList& fields = fieldsOf_[it.key()];
        it.value()->setVisible(std::any_of(fields.begin(), fields.end(), [this](const QString& f) { return guessed_.contains(f); }));
    }
}

void CardFields::showNormalisation() {
    const std::vector<double> divide = numbersIn(divide_->text());
    const std::vector<double> mean = numbersIn(mean_->text());
    const std::vector<double> deviation = numbersIn(std_->text());
    const std::vector<Normalisation> usual = usualNormalisations(channels());
    const auto found = std::find_if(usual.begin(), usual.end(), [&](const Normalisation& one) {
        return nearlyEqual(divide, {one.divide}) && nearlyEqual(mean, one.mean) && nearlyEqual(deviation, one.std);
    });
    normalisation_->setCurrentIndex(static_cast<int>(found - usual.begin()));
}

void CardFields::takeNormalisation() {
    const std::vector<Normalisation> usual = usualNormalisations(channels());
    const auto index = static_cast<std::size_t>(normalisation_->currentIndex());
    if (index < usual.size()) {
        divide_->setText(QString::number(usual[index].divide));
        mean_->setText(listed(usual[index].mean));
        std_->setText(listed(usual[index].std));
    } else {
        mean_->setFocus();
        mean_->selectAll();
    }
    state(normalisation_);
}

/// Values for another number of channels: the usual ones are known for both, others are spread or averaged.
void CardFields::changeColor() {
    const std::vector<Normalisation> usual = usualNormalisations(channels());
    const auto index = static_cast<std::size_t>(normalisation_->currentIndex());
    for (QLineEdit* edit : {mean_, std_}) {
        const std::vector<double> values = numbersIn(edit->text());
        const auto count = static_cast<std::size_t>(channels());
        if (values.empty() || values.size() == count)
            continue;
        const double mean = std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
        edit->setText(listed(index < usual.size() ? (edit == mean_ ? usual[index].mean : usual[index].std)
                                                  : std::vector<double>(count, mean)));
    }
    Q_EMIT changed();
}

void CardFields::browseLabels() {
    const QString path = QFileDialog::getOpenFileName(this, tr("Choose a file of class names"), {},
                                                      tr("Class names (*.txt *.json);;All files (*)"));
    if (path.isEmpty())
        return;
    labels_->setText(path);
    Q_EMIT changed();
}

}  // namespace discern
