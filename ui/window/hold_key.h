#pragma once

#include <QObject>

namespace discern {

/// Reports a letter key while it is held down, wherever the focus is, save where text is typed.
class HoldKey : public QObject {
    Q_OBJECT
public:
    HoldKey(Qt::Key key, QWidget* window);

Q_SIGNALS:
    void held(bool down);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    Qt::Key key_;
    QWidget* window_;
    bool down_ = false;
};

}  // namespace discern
