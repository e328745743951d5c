#include "ui/panels/parameter_form.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <utility>

#include "ui/panels/panel_parts.h"
#include "ui/words/core_words.h"

namespace discern {

namespace {

QString words(const std::string& text) { return QString::fromStdString(text); }

bool isTrue(const QString& value) {
    return value == QStringLiteral("true") || value == QStringLiteral("1") || value == QStringLiteral("yes") ||
           value == QStringLiteral("on");
}

QString valueOf(const Parameter& spec, const QMap<QString, QString>& values) {
    return values.value(words(spec.name), words(spec.defaultValue));
}

bool bounded(const Parameter& spec) { return spec.maximum > spec.minimum; }

QVBoxLayout* makeColumn(QWidget* field) {
    auto* column = new QVBoxLayout(field);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    return column;
}

/// The reason, and what is computed with meanwhile.
QString withStaying(const std::string& reason, const QString& inForce) {
    if (reason.empty())
        return {};
    return words(reason) + QLatin1Char(' ') +
           (inForce.isEmpty() ? ParameterForm::tr("None stays in force.") : ParameterForm::tr("%1 stays in force.").arg(inForce));
}

int clampedInt(double value) {
    return static_cast<int>(std::clamp<double>(value, std::numeric_limits<int>::min(), std::numeric_limits<int>::max()));
}

}  // namespace

ParameterForm::ParameterForm(QWidget* parent) : QWidget(parent) {}

bool ParameterForm::hasAdvanced() const {
    return std::any_of(specs_.begin(), specs_.end(), [](const Parameter& spec) { return spec.advanced; });
}

void ParameterForm::show(const std::vector<Parameter>& specs, const QMap<QString, QString>& values, bool advanced) {
    QStringList wanted;
    for (const Parameter& spec : specs)
        if (advanced || !spec.advanced || values.contains(words(spec.name)))
            wanted += words(spec.name);
    const bool same = wanted == shown_ && specs.size() == specs_.size() &&
                      std::equal(specs.begin(), specs.end(), specs_.begin(), [](const Parameter& a, const Parameter& b) {
                          return a.name == b.name && a.kind == b.kind && a.defaultValue == b.defaultValue;
                      });
    if (!same) {
        specs_ = specs;
        shown_ = wanted;
        build(advanced, values);
    }
    for (const auto& refresh : refreshers_)
        refresh(values);
}

void ParameterForm::build(bool advanced, const QMap<QString, QString>& values) {
    refreshers_.clear();
    qDeleteAll(findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly));
    delete layout();
    auto* form = new Form(this);
    for (const Parameter& spec : specs_)
        if (advanced || !spec.advanced || values.contains(words(spec.name)))
            form->add(words(spec.name).replace(QLatin1Char('_'), QLatin1Char(' ')), makeControl(spec), coreWords(spec.help));
}

void ParameterForm::report(const Parameter& spec, const QString& value) {
    Q_EMIT edited(words(spec.name), value == words(spec.defaultValue) ? QString() : value);
}

QWidget* ParameterForm::makeControl(const Parameter& spec) {
    switch (spec.kind) {
        case ParameterKind::Integer: {
            auto* spin = new QSpinBox(this);
            spin->setRange(bounded(spec) ? clampedInt(spec.minimum) : std::numeric_limits<int>::min(),
                           bounded(spec) ? clampedInt(spec.maximum) : std::numeric_limits<int>::max());
            spin->setGroupSeparatorShown(true);
            spin->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
            spin->setKeyboardTracking(false);
            connect(spin, &QSpinBox::valueChanged, this, [this, spec](int v) { report(spec, QString::number(v)); });
            refreshers_.emplace_back([spin, spec](const QMap<QString, QString>& values) {
                const QSignalBlocker blocker(spin);
                spin->setValue(valueOf(spec, values).toInt());
            });
            return withRefusal(spin, spec);
        }
        case ParameterKind::Real: {
            auto* spin = new QDoubleSpinBox(this);
            spin->setDecimals(4);
            spin->setRange(bounded(spec) ? spec.minimum : -1e9, bounded(spec) ? spec.maximum : 1e9);
            spin->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
            spin->setKeyboardTracking(false);
            connect(spin, &QDoubleSpinBox::valueChanged, this, [this, spec](double v) {
                const bool isDefault = std::abs(v - QString::fromStdString(spec.defaultValue).toDouble()) < 1e-9;
                report(spec, isDefault ? words(spec.defaultValue) : QString::number(v, 'g', 8));
            });
            refreshers_.emplace_back([spin, spec](const QMap<QString, QString>& values) {
                const QSignalBlocker blocker(spin);
                spin->setValue(valueOf(spec, values).toDouble());
            });
            return withRefusal(spin, spec);
        }
        case ParameterKind::Choice: {
            auto* combo = new QComboBox(this);
            for (const std::string& choice : spec.choices)
                combo->addItem(words(choice));
            connect(combo, &QComboBox::activated, this, [this, spec, combo] { report(spec, combo->currentText()); });
            refreshers_.emplace_back([combo, spec](const QMap<QString, QString>& values) {
                combo->setCurrentIndex(combo->findText(valueOf(spec, values)));
            });
            return combo;
        }
        case ParameterKind::Flag: {
            auto* check = new QCheckBox(this);
            check->setAccessibleName(words(spec.name));
            connect(check, &QCheckBox::clicked, this, [this, spec](bool on) {
                const bool isDefault = on == isTrue(words(spec.defaultValue));
                report(spec, isDefault ? words(spec.defaultValue) : on ? QStringLiteral("true") : QStringLiteral("false"));
            });
            refreshers_.emplace_back([check, spec](const QMap<QString, QString>& values) {
                check->setChecked(isTrue(valueOf(spec, values)));
            });
            return check;
        }
        case ParameterKind::Text:
        case ParameterKind::File: break;
    }
    return makeField(spec);
}

QWidget* ParameterForm::withRefusal(QAbstractSpinBox* spin, const Parameter& spec) {
    auto* field = new QWidget(this);
    QVBoxLayout* column = makeColumn(field);
    QLabel* refusal = makeRefusal(field);
    column->addWidget(spin);
    column->addWidget(refusal);
    field->setFocusProxy(spin);
    spin->setAccessibleName(words(spec.name));
    auto* edit = spin->findChild<QLineEdit*>();
    // By the time that editing is finished the control has put the old value back.
    const auto typed = std::make_shared<QString>();
    connect(edit, &QLineEdit::textEdited, this, [spin, refusal, typed](const QString& text) {
        *typed = spin->hasAcceptableInput() ? QString() : text;
        refuse(spin, refusal, {});
    });
    connect(spin, &QAbstractSpinBox::editingFinished, this, [this, spin, refusal, spec, typed] {
        if (const QString text = std::exchange(*typed, {}); !text.isEmpty())
            refuse(spin, refusal, withStaying(whyRefused(spec, text.toStdString()), spin->text()));
    });
    return field;
}

QWidget* ParameterForm::makeField(const Parameter& spec) {
    auto* field = new QWidget(this);
    QVBoxLayout* column = makeColumn(field);
    auto* row = new QHBoxLayout;
    row->setSpacing(4);
    column->addLayout(row);
    auto* edit = new QLineEdit(field);
    QLabel* refusal = makeRefusal(field);
    column->addWidget(refusal);
    edit->setAccessibleName(words(spec.name));
    edit->setPlaceholderText(spec.defaultValue.empty() ? tr("none") : words(spec.defaultValue));
    row->addWidget(edit, 1);
    field->setFocusProxy(edit);
    const auto inForce = std::make_shared<QString>();
    const auto reasonFor = [this, spec, inForce](const QString& text) {
        return withStaying(whyRefused(spec, text.trimmed().toStdString()), *inForce);
    };
    connect(edit, &QLineEdit::editingFinished, this, [this, spec, edit, refusal, reasonFor] {
        const QString reason = reasonFor(edit->text());
        refuse(edit, refusal, reason);
        if (reason.isEmpty())
            report(spec, edit->text().trimmed());
    });
    connect(edit, &QLineEdit::textEdited, this, [edit, refusal, reasonFor](const QString& text) {
        if (!refusal->isHidden())
            refuse(edit, refusal, reasonFor(text));
    });
    if (spec.kind == ParameterKind::File) {
        QToolButton* browse = makeToolButton(QStringLiteral("folder"), tr("Choose a file for %1").arg(words(spec.name)), field);
        row->addWidget(browse);
        connect(browse, &QToolButton::clicked, this, [this, spec] {
            const QString path = QFileDialog::getOpenFileName(this, tr("Choose %1").arg(words(spec.name)));
            if (!path.isEmpty())
                report(spec, path);
        });
    }
    refreshers_.emplace_back([edit, refusal, spec, inForce](const QMap<QString, QString>& values) {
        const QString now = valueOf(spec, values);
        const bool beingTyped = !refusal->isHidden() || (edit->hasFocus() && edit->isModified());
        if (now == std::exchange(*inForce, now) && beingTyped)
            return;
        edit->setText(now);
        refuse(edit, refusal, {});
    });
    return field;
}

}  // namespace discern
