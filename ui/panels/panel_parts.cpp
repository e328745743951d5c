#include "ui/panels/panel_parts.h"

#include <QStyle>
#include <QVariant>

#include "ui/theme/icon.h"

namespace discern {

namespace {

constexpr int kLabelWidth = 68;

}  // namespace

Form::Form(QWidget* parent) : QFormLayout(parent) {
    setContentsMargins(10, 4, 10, 8);
    setHorizontalSpacing(8);
    setVerticalSpacing(4);
    setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    setFormAlignment(Qt::AlignLeft | Qt::AlignTop);
}

void Form::add(const QString& label, QWidget* control, const QString& tip) {
    QLabel* words = makeLabel(label, "secondary");
    words->setMinimumWidth(kLabelWidth);
    words->setMaximumWidth(kLabelWidth + 32);
    words->setWordWrap(true);
    words->setBuddy(control);
    words->setToolTip(tip);
    control->setToolTip(tip);
    if (control->accessibleName().isEmpty())
        control->setAccessibleName(label);
    control->setSizePolicy(QSizePolicy::Ignored, control->sizePolicy().verticalPolicy());
    addRow(words, control);
}

void Form::add(QWidget* control, const QString& tip) {
    control->setToolTip(tip);
    addRow(control);
}

QLabel* makeLabel(const QString& text, const char* role, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    label->setProperty("role", QString::fromLatin1(role));
    return label;
}

QToolButton* makeToolButton(const QString& icon, const QString& tip, QWidget* parent) {
    auto* button = new QToolButton(parent);
    button->setIcon(themedIcon(icon));
    button->setIconSize({14, 14});
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    button->setAutoRaise(true);
    return button;
}

QLabel* makeRefusal(QWidget* parent) {
    QLabel* label = makeLabel({}, "warning", parent);
    label->setWordWrap(true);
    label->hide();
    return label;
}

void refuse(QWidget* control, QLabel* refusal, const QString& reason) {
    refusal->setText(reason);
    refusal->setVisible(!reason.isEmpty());
    if (control->property("wrong").toBool() == !reason.isEmpty())
        return;
    control->setProperty("wrong", !reason.isEmpty());
    control->style()->unpolish(control);
    control->style()->polish(control);
}

QScrollArea* scrolling(QWidget* content) {
    auto* area = new QScrollArea;
    area->setWidget(content);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus);
    content->setProperty("ground", QStringLiteral("panel"));
    content->setAttribute(Qt::WA_StyledBackground);
    area->setProperty("ground", QStringLiteral("panel"));
    return area;
}

}  // namespace discern
