#include "ui/panels/parameter_editor.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include "ui/panels/panel_parts.h"
#include "ui/panels/parameter_form.h"

namespace discern {

ParameterEditor::ParameterEditor(Limits limits, QWidget* extra, QWidget* parent) : QWidget(parent) {
    title_ = makeLabel({}, "title");
    more_ = makeToolButton(QStringLiteral("settings"), tr("Show advanced parameters"));
    more_->setCheckable(true);
    reset_ = makeToolButton(QStringLiteral("retry"), tr("Reset parameters to their defaults"));
    limits_ = makeLabel({}, "secondary");
    limits_->setAccessibleName(tr("What it is known to get wrong"));
    limits_->setWordWrap(true);
    limits_->setContentsMargins(10, 2, 10, 2);
    form_ = new ParameterForm;
    none_ = makeLabel({}, "faint");
    none_->setContentsMargins(10, 4, 10, 4);
    none_->setWordWrap(true);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(10, 4, 6, 0);
    head->setSpacing(2);
    head->addWidget(title_, 1);
    head->addWidget(more_);
    head->addWidget(reset_);
    auto* below = new QWidget;
    auto* rows = new QVBoxLayout(below);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    if (extra) rows->addWidget(extra);
    rows->addWidget(form_);
    rows->addWidget(none_);
    rows->insertWidget(limits == Limits::Above ? 0 : rows->count(), limits_);
    rows->addStretch(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(scrolling(below), 1);
    connect(more_, &QToolButton::toggled, this, &ParameterEditor::refresh);
    connect(reset_, &QToolButton::clicked, this, &ParameterEditor::resetRequested);
    connect(form_, &ParameterForm::edited, this, &ParameterEditor::edited);
}

void ParameterEditor::show(const QString& title, const QString& limits, const std::vector<Parameter>& parameters,
                           const QMap<QString, QString>& values, const QString& none) {
    // What was typed for one and not taken is not the other's.
    if (title != title_->text()) form_->show({}, {}, false);
    title_->setText(title);
    limits_->setText(limits);
    limits_->show();
    none_->setText(none);
    none_->setVisible(parameters.empty() && !none.isEmpty());
    form_->setVisible(true);
    parameters_ = parameters;
    values_ = values;
    reset_->setEnabled(!values.isEmpty());
    refresh();
}

void ParameterEditor::clear(const QString& title) {
    title_->setText(title);
    parameters_.clear();
    values_.clear();
    for (QWidget* part : {static_cast<QWidget*>(limits_), static_cast<QWidget*>(form_), static_cast<QWidget*>(none_), static_cast<QWidget*>(more_)})
        part->hide();
    reset_->setEnabled(false);
}

void ParameterEditor::refresh() {
    form_->show(parameters_, values_, more_->isChecked());
    more_->setVisible(form_->hasAdvanced());
}

}  // namespace discern
