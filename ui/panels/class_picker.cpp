#include "ui/panels/class_picker.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QLineEdit>
#include <algorithm>

namespace discern {

namespace {

QString shown(const ClassChoice& choice) {
    return choice.index < 0 ? choice.label : QStringLiteral("%1 · %2").arg(choice.index).arg(choice.label);
}

}  // namespace

ClassPicker::ClassPicker(QWidget* parent) : QComboBox(parent) {
    setEditable(true);
    setInsertPolicy(QComboBox::NoInsert);
    setMaxVisibleItems(14);
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(8);
    lineEdit()->setPlaceholderText(tr("type a class"));
    completer()->setCompletionMode(QCompleter::PopupCompletion);
    completer()->setFilterMode(Qt::MatchContains);
    completer()->setCaseSensitivity(Qt::CaseInsensitive);
    completer()->setMaxVisibleItems(14);
    connect(this, &QComboBox::activated, this, &ClassPicker::pick);
    connect(lineEdit(), &QLineEdit::editingFinished, this, &ClassPicker::pickTyped);
}

void ClassPicker::setClasses(const QVector<ClassChoice>& classes) {
    if (classes == classes_)
        return;
    classes_ = classes;
    QStringList items;
    for (const ClassChoice& choice : classes_)
        items += shown(choice);
    const QSignalBlocker blocker(this);
    clear();
    addItems(items);
    setChoice(choice_);
}

void ClassPicker::setChoice(const ClassChoice& choice) {
    choice_ = choice;
    const QSignalBlocker blocker(this);
    const auto known = std::find_if(classes_.begin(), classes_.end(), [&](const ClassChoice& c) {
        return c.label == choice.label && (choice.index < 0 || c.index == choice.index);
    });
    setCurrentIndex(known == classes_.end() ? -1 : static_cast<int>(known - classes_.begin()));
    setEditText(choice.label.isEmpty() ? QString() : shown(choice));
    lineEdit()->setCursorPosition(0);
    setToolTip(choice.label);
}

void ClassPicker::pick(int row) {
    if (row < 0 || row >= classes_.size())
        return;
    setChoice(classes_[row]);
    Q_EMIT picked(choice_);
}

void ClassPicker::pickTyped() {
    const QString typed = lineEdit()->text().trimmed();
    if (typed == shown(choice_))
        return;
    const auto matches = [&](const ClassChoice& c) {
        return shown(c) == typed || c.label.compare(typed, Qt::CaseInsensitive) == 0 || QString::number(c.index) == typed ||
               c.label.section(QLatin1Char(','), 0, 0).compare(typed, Qt::CaseInsensitive) == 0;
    };
    const auto known = std::find_if(classes_.begin(), classes_.end(), matches);
    if (known != classes_.end())
        return pick(static_cast<int>(known - classes_.begin()));
    setChoice(choice_);
    Q_EMIT refused(typed);
}

}  // namespace discern
