#pragma once

#include <QFrame>
#include <functional>

class QLabel;
class QPushButton;
class QToolButton;

namespace discern {

/// One line for what went wrong, until it is dismissed; never a dialog. Later messages replace earlier ones, which stay
/// in the log. What went well stands there quietly: without warning colour and sign, and without the way to the log.
class MessageStrip : public QFrame {
    Q_OBJECT
public:
    explicit MessageStrip(QWidget* parent = nullptr);

    /// With a button for what can be done about it, where anything can.
    void show(const QString& message, const QString& remedy = {}, std::function<void()> apply = {});
    /// Of what went well.
    void inform(const QString& message);
    [[nodiscard]] QString message() const { return message_; }
    void dismiss();

Q_SIGNALS:
    void logRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void put(const QString& message, const QString& icon, const QString& role);
    void elide();

    QString message_;
    int count_ = 0;
    QLabel* icon_ = nullptr;
    QLabel* words_ = nullptr;
    QPushButton* remedy_ = nullptr;
    QPushButton* log_ = nullptr;
    std::function<void()> apply_;
};

}  // namespace discern
