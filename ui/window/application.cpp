#include "ui/window/application.h"

namespace discern {

bool Application::notify(QObject* receiver, QEvent* event) {
    QString why;
    try {
        return QApplication::notify(receiver, event);
    } catch (const std::exception& failure) {
        why = QString::fromUtf8(failure.what());
    } catch (...) {
        why = tr("for an unknown reason");
    }
    Q_EMIT caught(tr("Something went wrong, and what was asked for last may not have been done: %1").arg(why));
    return false;
}

}  // namespace discern
