#include "ui/window/input_rules.h"

#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QSlider>
#include <QTextEdit>

namespace discern {

namespace {

bool turnsByWheel(const QWidget* widget) {
    return qobject_cast<const QComboBox*>(widget) || qobject_cast<const QAbstractSpinBox*>(widget) ||
           qobject_cast<const QSlider*>(widget);
}

bool hasKeyboard(const QWidget* widget) {
    const QWidget* focus = QApplication::focusWidget();
    return focus && (focus == widget || widget->isAncestorOf(focus));
}

bool movesByPages(const QObject* object) {
    return qobject_cast<const QAbstractItemView*>(object) || qobject_cast<const QPlainTextEdit*>(object) ||
           qobject_cast<const QTextEdit*>(object) || qobject_cast<const QComboBox*>(object) ||
           qobject_cast<const QAbstractSpinBox*>(object) || qobject_cast<const QSlider*>(object);
}

/// Qt gives the focus before anybody can refuse the wheel.
void takeNoFocusFromWheel(QWidget* widget) {
    if (turnsByWheel(widget) && widget->focusPolicy() == Qt::WheelFocus)
        widget->setFocusPolicy(Qt::StrongFocus);
}

}  // namespace

InputRules::InputRules(QObject* owner) : QObject(owner) { qApp->installEventFilter(this); }

bool InputRules::eventFilter(QObject* watched, QEvent* event) {
    if (!watched->isWidgetType())
        return false;
    auto* widget = static_cast<QWidget*>(watched);
    switch (event->type()) {
        case QEvent::Polish: takeNoFocusFromWheel(widget); return false;
        case QEvent::Wheel:
            if (!turnsByWheel(widget) || hasKeyboard(widget))
                return false;
            event->ignore();  // so that it goes on to what the control lies in
            return true;
        case QEvent::ShortcutOverride: {
            const auto* key = static_cast<QKeyEvent*>(event);
            const bool page = key->key() == Qt::Key_PageUp || key->key() == Qt::Key_PageDown;
            if (!page || key->modifiers() != Qt::NoModifier || !movesByPages(widget))
                return false;
            event->accept();
            return true;
        }
        default: return false;
    }
}

}  // namespace discern
