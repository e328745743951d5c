#pragma once

#include <QDockWidget>
#include <QMainWindow>
#include <vector>

namespace discern {

/// A panel as a dock: what it is called and where it stands at first.
struct DockSpec {
    QString name;   ///< object name, kept in the stored layout
    QString title;
    Qt::DockWidgetArea area = Qt::LeftDockWidgetArea;
    QWidget* panel = nullptr;
    QList<QAction*> actions{};  ///< icon buttons in the title
    int height = 100;           ///< wanted at first, among the docks above and below it
};

/// Makes the docks of a window and puts them back where they stood at first.
class Docks : public QObject {
    Q_OBJECT
public:
    Docks(QMainWindow& window, std::vector<DockSpec> specs);

    [[nodiscard]] QDockWidget* operator[](const QString& name) const;
    [[nodiscard]] QList<QAction*> toggleActions() const;
    void reset();
    /// Shows a dock and brings it before those that it shares its place with.
    void raise(const QString& name);

    static constexpr int kLeftWidth = 304;
    static constexpr int kRightWidth = 280;
    static constexpr int kBottomHeight = 252;
    static constexpr int kLowBottomHeight = 218;
    static constexpr int kLowWindow = 820;  ///< below this height the lower right panels share one place

private:
    QMainWindow& window_;
    std::vector<DockSpec> specs_;
    QHash<QString, QDockWidget*> docks_;
};

}  // namespace discern
