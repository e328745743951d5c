#pragma once

#include <QObject>

class QWidget;

namespace discern {

/// What wheel and page keys do in every control of the program's windows, also in those that are made later: the wheel
/// turns a value only where the keyboard is, and scrolls what holds the control elsewhere; page keys belong to the list
/// that has the focus before they are commands.
class InputRules : public QObject {
    Q_OBJECT
public:
    /// For as long as `owner` lives.
    explicit InputRules(QObject* owner);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
};

}  // namespace discern
