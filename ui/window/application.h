#pragma once

#include <QApplication>

namespace discern {

/// The application with a last net under it: what a slot, a timer or an event throws, and nobody nearer caught, becomes
/// a sentence, and the window lives on.
class Application : public QApplication {
    Q_OBJECT
public:
    using QApplication::QApplication;

    bool notify(QObject* receiver, QEvent* event) override;

Q_SIGNALS:
    void caught(const QString& message);
};

}  // namespace discern
