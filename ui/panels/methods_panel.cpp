#include "ui/panels/methods_panel.h"

#include <QComboBox>
#include <QHeaderView>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "core/explain/method.h"
#include "ui/panels/layer_picker.h"
#include "ui/panels/panel_parts.h"
#include "ui/panels/parameter_editor.h"
#include "ui/theme/theme.h"
#include "ui/words/core_words.h"

namespace discern {

namespace {

QString familyTitle(Family family) {
    switch (family) {
        case Family::Gradient: return MethodsPanel::tr("Gradients");
        case Family::ActivationMap: return MethodsPanel::tr("Class activation maps");
        case Family::Perturbation: return MethodsPanel::tr("Perturbation");
        case Family::Attention: return MethodsPanel::tr("Attention");
    }
    return {};
}

QString tipOf(const Method& method) {
    return QStringLiteral("<p><b>%1</b></p><p>%2</p><p>%3</p><p>%4</p>")
        .arg(coreWords(method.title).toHtmlEscaped(), coreWords(method.tells).toHtmlEscaped(),
             coreWords(method.limits).toHtmlEscaped(),
             coreWords(method.source).toHtmlEscaped());
}

constexpr int kNameRole = Qt::UserRole;

}  // namespace

MethodsPanel::MethodsPanel(Session& session, Explanations& explanations, QWidget* parent)
    : QWidget(parent), session_(session), explanations_(explanations) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    buildList();
    column->addWidget(list_, 3);
    buildForm();
    column->addWidget(parameters_, 2);
    auto* foot = new Form;
    foot->setContentsMargins(10, 4, 10, 6);
    foot->add(tr("start"), autoRun_,
              tr("What runs without pressing Explain. Quick is what should take less than %1 s: the evaluations asked "
                 "for, times what one takes with this model here.")
                  .arg(Explanations::kQuickSeconds));
    column->addLayout(foot);

    connect(&session_, &Session::methodsChanged, this, [this] {
        refreshList();
        refreshParameters();
    });
    connect(&session_, &Session::modelsChanged, this, [this] {
        refreshList();
        refreshLayers();
    });
    connect(&session_, &Session::selectionChanged, this, [this] {
        if (QTreeWidgetItem* item = items_.value(session_.selectedMethod()))
            list_->setCurrentItem(item);
        refreshLayers();
    });
    connect(&session_.library(), &Library::modelChanged, this, [this] {
        refreshList();
        refreshLayers();
    });
    connect(&explanations_, &Explanations::secondsChanged, this, &MethodsPanel::refreshList);
    connect(&session_, &Session::autoRunChanged, this,
            [this] { autoRun_->setCurrentIndex(static_cast<int>(session_.autoRun())); });
    refreshList();
    refreshParameters();
}

void MethodsPanel::buildList() {
    list_ = new QTreeWidget;
    list_->setAccessibleName(tr("Methods"));
    list_->setColumnCount(2);
    list_->setHeaderHidden(true);
    list_->setIndentation(14);
    list_->setExpandsOnDoubleClick(false);
    list_->setUniformRowHeights(true);
    list_->setMinimumHeight(96);
    list_->header()->setStretchLastSection(false);
    list_->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    list_->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    QHash<int, QTreeWidgetItem*> families;
    for (const Method& method : methods()) {
        QTreeWidgetItem*& family = families[static_cast<int>(method.family)];
        if (!family) {
            family = new QTreeWidgetItem(list_, {familyTitle(method.family)});
            family->setFlags(Qt::ItemIsEnabled);
            family->setFont(0, sectionFont());
            family->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
            family->setExpanded(families.size() == 1);
        }
        auto* item = new QTreeWidgetItem(family, {coreWords(method.title)});
        item->setData(0, kNameRole, QString::fromStdString(method.name));
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(0, Qt::Unchecked);
        item->setToolTip(0, tipOf(method));
        item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
        items_.insert(QString::fromStdString(method.name), item);
    }
    connect(list_, &QTreeWidget::itemChanged, this, [this](QTreeWidgetItem* item, int section) {
        if (section != 0 || item->data(0, kNameRole).isNull())
            return;
        list_->setCurrentItem(item);
        session_.setMethodEnabled(item->data(0, kNameRole).toString(), item->checkState(0) == Qt::Checked);
    });
    connect(list_, &QTreeWidget::itemClicked, this, [](QTreeWidgetItem* item) {
        if (item->childCount() > 0)
            item->setExpanded(!item->isExpanded());
    });
    connect(list_, &QTreeWidget::currentItemChanged, this, [this] { refreshParameters(); });
}

void MethodsPanel::buildForm() {
    layerRow_ = new QWidget;
    layer_ = new LayerPicker;
    auto* layerForm = new Form(layerRow_);
    layerForm->setContentsMargins(10, 4, 10, 0);
    layerForm->add(tr("layer"), layer_, tr("The activation that the method looks at, for the selected column's model: "
                                           "type any part of its name"));
    refusal_ = makeRefusal();
    layerForm->addRow(refusal_);
    layerLabel_ = qobject_cast<QLabel*>(layerForm->labelForField(layer_));
    parameters_ = new ParameterEditor(ParameterEditor::Limits::Above, layerRow_);
    autoRun_ = new QComboBox;
    autoRun_->addItems({tr("on Explain only"), tr("quick ones at once"), tr("all at once")});
    autoRun_->setCurrentIndex(static_cast<int>(session_.autoRun()));

    connect(parameters_, &ParameterEditor::resetRequested, this, [this] { session_.resetMethod(selected()); });
    connect(parameters_, &ParameterEditor::edited, this,
            [this](const QString& name, const QString& value) { session_.setMethodParameter(selected(), name, value); });
    connect(layer_, &LayerPicker::picked, this, [this](const QString& layer) {
        refuse(layer_, refusal_, {});
        session_.setModelLayer(modelOfLayer(), layer);
    });
    connect(layer_, &LayerPicker::refused, this, [this](const QString& typed) {
        refuse(layer_, refusal_, tr("No single layer is called “%1”. What was chosen stays.").arg(typed));
    });
    connect(autoRun_, &QComboBox::activated, this,
            [this](int index) { session_.setAutoRun(static_cast<AutoRun>(index)); });
}

QString MethodsPanel::selected() const {
    const QTreeWidgetItem* item = list_->currentItem();
    return item ? item->data(0, kNameRole).toString() : QString();
}

void MethodsPanel::refreshList() {
    const QSignalBlocker blocker(list_);
    for (const MethodChoice& choice : session_.work().methods) {
        QTreeWidgetItem* item = items_.value(choice.name);
        item->setCheckState(0, choice.enabled ? Qt::Checked : Qt::Unchecked);
        const auto seconds = explanations_.seconds(choice.name);
        item->setText(1, seconds ? tr("%1 s").arg(*seconds, 0, 'f', *seconds < 10 ? 1 : 0) : QString());
        item->setToolTip(1, tr("What it took here the last time"));
        const QString reason = whyForNoModel(choice.name);
        item->setForeground(0, reason.isEmpty() ? QBrush() : palette().brush(QPalette::Disabled, QPalette::Text));
        const QString tip = tipOf(findMethod(choice.name.toStdString()));
        item->setToolTip(0, reason.isEmpty() ? tip : QStringLiteral("<p><b>%1</b></p>%2").arg(reason.toHtmlEscaped(), tip));
    }
    refreshFamilies();
    list_->viewport()->update();
}

void MethodsPanel::refreshFamilies() {
    QSet<QString> ticked;
    for (const MethodChoice& choice : session_.enabledMethods()) {
        ticked.insert(choice.name);
        if (ticked_.contains(choice.name))
            continue;
        items_.value(choice.name)->parent()->setExpanded(true);
        if (selected().isEmpty())
            list_->setCurrentItem(items_.value(choice.name));
    }
    ticked_ = ticked;
    for (int i = 0; i < list_->topLevelItemCount(); ++i) {
        QTreeWidgetItem* family = list_->topLevelItem(i);
        int count = 0;
        for (int child = 0; child < family->childCount(); ++child)
            count += family->child(child)->checkState(0) == Qt::Checked;
        family->setText(1, count == 0 ? QString::number(family->childCount())
                                      : tr("%1 of %2").arg(count).arg(family->childCount()));
        family->setToolTip(1, tr("Methods that are ticked, of all in this family"));
    }
}

QString MethodsPanel::whyForNoModel(const QString& method) const {
    QString reason;
    for (const ModelChoice& choice : session_.shownModels()) {
        const ModelEntry* entry = session_.library().model(choice.id);
        if (!entry || !entry->model)
            continue;
        const std::string why = whyUnsuitable(findMethod(method.toStdString()), *entry->model);
        if (why.empty())
            return {};
        reason = coreWords(why);
    }
    return reason;
}

void MethodsPanel::refreshParameters() {
    const QString name = selected();
    const MethodChoice* choice = name.isEmpty() ? nullptr : session_.method(name);
    layerRow_->setVisible(choice && findMethod(name.toStdString()).usesLayer);
    if (choice) {
        const Method& method = findMethod(name.toStdString());
        parameters_->show(coreWords(method.title), coreWords(method.limits), method.parameters, choice->parameters,
                          method.usesLayer ? QString() : tr("This method has no parameters."));
    } else {
        parameters_->clear(tr("No method selected"));
    }
    refreshLayers();
}

int MethodsPanel::modelOfLayer() const {
    if (session_.model(session_.selectedModel()))
        return session_.selectedModel();
    for (const ModelChoice& choice : session_.shownModels())
        if (session_.library().model(choice.id)->model)
            return choice.id;
    return 0;
}

void MethodsPanel::refreshLayers() {
    const int id = modelOfLayer();
    const ModelEntry* entry = session_.library().model(id);
    layer_->setEnabled(entry && entry->model);
    if (!entry || !entry->model) {
        layer_->setLayers(nullptr);
        layersOf_.clear();
        return;
    }
    // Another card may give the same layers another shape.
    if (const QString sha = QString::fromStdString(entry->model->sha256() + entry->model->cardSha256()); sha != layersOf_) {
        layersOf_ = sha;
        layer_->setLayers(entry->model.get());
        layerLabel_->setToolTip(tr("Layers of %1").arg(entry->name));
    }
    layer_->setChoice(session_.model(id)->layer);
}

}  // namespace discern
