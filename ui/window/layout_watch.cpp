#include "ui/window/layout_watch.h"

#include <QEvent>
#include <QMainWindow>

namespace discern {

LayoutWatch::LayoutWatch(QMainWindow& window, const QList<QDockWidget*>& docks) : QObject(&window) {
    rest_.setSingleShot(true);
    rest_.setInterval(kRestMs);
    connect(&rest_, &QTimer::timeout, this, &LayoutWatch::changed);
    window.installEventFilter(this);
    for (QDockWidget* dock : docks) {
        dock->installEventFilter(this);
        connect(dock, &QDockWidget::dockLocationChanged, &rest_, qOverload<>(&QTimer::start));
        connect(dock, &QDockWidget::topLevelChanged, &rest_, qOverload<>(&QTimer::start));
    }
}

void LayoutWatch::stop() {
    stopped_ = true;
    rest_.stop();
}

bool LayoutWatch::eventFilter(QObject* watched, QEvent* event) {
    switch (event->type()) {
        case QEvent::Resize:
        case QEvent::Move:
        case QEvent::Show:
        case QEvent::Hide:
        case QEvent::WindowStateChange:
            if (!stopped_)
                rest_.start();
            break;
        default:
            break;
    }
    return QObject::eventFilter(watched, event);
}

}  // namespace discern
