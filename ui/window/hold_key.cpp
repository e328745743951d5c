#include "ui/window/hold_key.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QWidget>

namespace discern {

namespace {

/// Letters belong to fields, and to lists, which search by them.
bool takesLetters(const QWidget* widget) {
    if (!widget)
        return false;
    if (const auto* text = qobject_cast<const QPlainTextEdit*>(widget))
        return !text->isReadOnly();
    return qobject_cast<const QLineEdit*>(widget) || widget->inherits("QAbstractSpinBox") || widget->inherits("QComboBox") ||
           qobject_cast<const QAbstractItemView*>(widget);
}

}  // namespace

HoldKey::HoldKey(Qt::Key key, QWidget* window) : QObject(window), key_(key), window_(window) {
    qApp->installEventFilter(this);
}

bool HoldKey::eventFilter(QObject* watched, QEvent* event) {
    const bool press = event->type() == QEvent::KeyPress;
    if (!press && event->type() != QEvent::KeyRelease && event->type() != QEvent::ApplicationDeactivate)
        return QObject::eventFilter(watched, event);
    if (event->type() != QEvent::ApplicationDeactivate) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() != key_ || (press && key->modifiers() != Qt::NoModifier))
            return false;
        if (key->isAutoRepeat())
            return down_;
    }
    if (press && !down_) {
        if (!watched->isWidgetType() || static_cast<QWidget*>(watched)->window() != window_ || takesLetters(QApplication::focusWidget()))
            return false;
        down_ = true;
        Q_EMIT held(true);
        return true;
    }
    if (!press && down_) {
        down_ = false;
        Q_EMIT held(false);
    }
    return false;
}

}  // namespace discern
