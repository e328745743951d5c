#include "ui/panels/target_panel.h"

#include <QComboBox>
#include <QSet>

#include "ui/panels/class_picker.h"
#include "ui/panels/panel_parts.h"
#include "ui/render/glossary.h"

namespace discern {

TargetPanel::TargetPanel(Session& session, const Predictions& predictions, QWidget* parent)
    : QWidget(parent), session_(session), predictions_(predictions) {
    form_ = new Form(this);
    of_ = new QComboBox;
    of_->addItems({tr("each model's top class"), tr("one class for all"), tr("one class, not another")});
    class_ = new ClassPicker;
    versus_ = new ClassPicker;
    score_ = new QComboBox;
    score_->addItems({tr("method's default"), tr("logit"), tr("probability")});
    form_->add(tr("explain"), of_, tr("Which class the explanations are of"));
    form_->add(tr("class"), class_, tr("Type any part of a label, or a class index"));
    form_->add(tr("rather than"), versus_, tr("Explains the difference of the two classes' scores"));
    form_->add(tr("of"), score_,
               tipWithGlosses({tr("The score that is explained, logit or probability; by default the one of the method's "
                                  "reference")}));
    for (int i = 0; i < score_->count(); ++i)
        score_->setItemData(i, tipWithGlosses({score_->itemText(i)}), Qt::ToolTipRole);
    refusal_ = makeRefusal();
    form_->insertRow(3, refusal_);

    connect(of_, &QComboBox::activated, this, [this](int index) {
        change([index](TargetChoice& target) { target.of = static_cast<TargetChoice::Of>(index); });
    });
    connect(class_, &ClassPicker::picked, this,
            [this](const ClassChoice& choice) { change([&](TargetChoice& target) { target.target = choice; }); });
    connect(versus_, &ClassPicker::picked, this,
            [this](const ClassChoice& choice) { change([&](TargetChoice& target) { target.versus = choice; }); });
    for (ClassPicker* picker : {class_, versus_})
        connect(picker, &ClassPicker::refused, this, [this, picker](const QString& typed) { refuseClass(picker, typed); });
    connect(score_, &QComboBox::activated, this, [this](int index) {
        change([index](TargetChoice& target) {
            target.score = index == 0 ? std::nullopt
                                      : std::optional(index == 1 ? ScoreKind::Logit : ScoreKind::Probability);
        });
    });
    connect(&session_, &Session::targetChanged, this, &TargetPanel::refresh);
    connect(&session_, &Session::modelsChanged, this, &TargetPanel::refreshClasses);
    connect(&session_.library(), &Library::modelChanged, this, [this](int id) {
        if (session_.library().model(id)->model)
            refreshClasses();
    });
    refreshClasses();
    refresh();
}

void TargetPanel::refuseClass(ClassPicker* picker, const QString& typed) {
    refuse(picker, refusal_, typed.isEmpty() ? QString() : tr("No model has a class “%1”. What was chosen stays.").arg(typed));
}

void TargetPanel::change(const std::function<void(TargetChoice&)>& change) {
    TargetChoice target = session_.work().target;
    change(target);
    propose(target);
    session_.setTarget(target);
    refresh();
}

/// Classes not yet chosen become the selected model's most probable ones, so that no cell stays without a target.
void TargetPanel::propose(TargetChoice& target) const {
    const QVector<ModelChoice> shown = session_.shownModels();
    const int id = session_.selectedModel() ? session_.selectedModel() : shown.value(0).id;
    const PredictionEntry* prediction = predictions_.ready(session_.currentPicture(), id);
    if (target.of == TargetChoice::Of::OwnTop || !prediction)
        return;
    const Model& model = *session_.library().model(id)->model;
    for (const int index : prediction->prediction.top(3)) {
        const ClassChoice choice{index, QString::fromStdString(model.label(index))};
        if (target.target.label.isEmpty() && indexOf(target.versus, model) != index)
            target.target = choice;
        else if (target.of == TargetChoice::Of::Contrast && target.versus.label.isEmpty() &&
                 indexOf(target.target, model) != index)
            target.versus = choice;
    }
}

void TargetPanel::refresh() {
    const TargetChoice& target = session_.work().target;
    of_->setCurrentIndex(static_cast<int>(target.of));
    refuse(class_, refusal_, {});
    refuse(versus_, refusal_, {});
    class_->setChoice(target.target);
    versus_->setChoice(target.versus);
    score_->setCurrentIndex(!target.score ? 0 : *target.score == ScoreKind::Logit ? 1 : 2);
    form_->setShown(class_, target.of != TargetChoice::Of::OwnTop);
    form_->setShown(versus_, target.of == TargetChoice::Of::Contrast);
}

void TargetPanel::refreshClasses() {
    QVector<ClassChoice> classes;
    QSet<QString> known;
    for (const ModelChoice& choice : session_.work().models) {
        const ModelEntry* entry = session_.library().model(choice.id);
        if (!entry->model)
            continue;
        QSet<QString> own;
        const bool first = classes.isEmpty();
        for (int i = 0; i < entry->model->classCount(); ++i) {
            const QString label = QString::fromStdString(entry->model->label(i));
            own.insert(label);
            if (first || !known.contains(label))
                classes.append({i, label});
        }
        known.unite(own);
    }
    class_->setClasses(classes);
    versus_->setClasses(classes);
}

void TargetPanel::startTyping() {
    if (session_.work().target.of == TargetChoice::Of::OwnTop)
        change([](TargetChoice& target) { target.of = TargetChoice::Of::OneClass; });
    class_->setFocus(Qt::ShortcutFocusReason);
}

}  // namespace discern
