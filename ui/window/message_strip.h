#pragma once

#include <QFrame>

class QLabel;
class QToolButton;

namespace discern {

/// One line for what went wrong, until it is dismissed; never a dialog. Later messages replace earlier ones, which stay
/// in the log.
class MessageStrip : public QFrame {
    Q_OBJECT
public:
    explicit MessageStrip(QWidget* parent = nullptr);

    void show(const QString& message);
    [[nodiscard]] QString message() const { return message_; }
    void dismiss();

Q_SIGNALS:
    void logRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void elide();

    QString message_;
    int count_ = 0;
    QLabel* icon_ = nullptr;
    QLabel* words_ = nullptr;
};

}  // namespace discern
