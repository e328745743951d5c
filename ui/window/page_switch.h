#pragma once

#include <QMainWindow>
#include <QStackedWidget>

namespace discern {

class Actions;
class ChoosePage;

/// Which page the window shows: Compare with its docks, or Choose. Each has its own toolbar beside the switch, and the
/// docks of Compare come back as they were left.
class PageSwitch : public QObject {
    Q_OBJECT
public:
    struct Parts {
        Actions& actions;
        QStackedWidget& centres;  ///< Compare's first
        ChoosePage& choose;
        int layoutVersion;
    };
    PageSwitch(const Parts& parts, QMainWindow* window);

    /// Places the switch, and after it `compare` and the toolbar of Choose.
    void placeToolBars(QToolBar* compare);
    void show(bool choose);
    [[nodiscard]] bool choosing() const { return choosing_; }
    /// Both as they were kept; false where the layout cannot be restored.
    bool restore(const QByteArray& layout, bool choose);
    /// The window's layout as Compare has it.
    [[nodiscard]] QByteArray layout() const;

Q_SIGNALS:
    /// Another page is shown, not by restore().
    void changed();

private:
    [[nodiscard]] QToolBar* chooseBar();
    void refreshPin();

    Parts parts_;
    QMainWindow* window_;
    QToolBar* compareBar_ = nullptr;
    QToolBar* chooseBar_ = nullptr;
    bool choosing_ = false;
    QByteArray layout_;  ///< Compare's, while Choose is shown
};

}  // namespace discern
