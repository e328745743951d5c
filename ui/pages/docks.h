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

/// Makes the docks of a window and puts them back where they stood at first. Panels on the right that the window is too
/// low for share one place, as tabs; while they stand as they were put, they follow the window's height.
class Docks : public QObject {
    Q_OBJECT
public:
    Docks(QMainWindow& window, std::vector<DockSpec> specs);

    [[nodiscard]] QDockWidget* operator[](const QString& name) const;
    [[nodiscard]] QList<QAction*> toggleActions() const;
    void reset();
    /// Shows a dock and brings it before those that it shares its place with.
    void raise(const QString& name);
    /// A command for each dock: to show it, or to hide it where it is in sight.
    [[nodiscard]] QList<QAction*> commands(QObject* parent);

    static constexpr int kLeftWidth = 304;
    static constexpr int kRightWidth = 280;
    static constexpr int kBottomHeight = 252;
    static constexpr int kLowBottomHeight = 218;
    static constexpr int kLowWindow = 820;   ///< below this height all but the first panel on the right share one place
    static constexpr int kTallWindow = 1120;  ///< below this height all but the first two do

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    /// How many panels on the right have a place of their own in a window of that height; the others share one more.
    [[nodiscard]] static int ownPlaces(int windowHeight);
    [[nodiscard]] QList<QDockWidget*> on(Qt::DockWidgetArea area) const;
    /// Whether the right panels stand as arrange() puts them.
    [[nodiscard]] bool rightIsArranged(int ownPlaces) const;
    /// The first of those that share a place comes to the front, unless the one that is there is to stay.
    void arrangeRight(int ownPlaces, bool keepFront);
    void putBack(QDockWidget* dock, Qt::DockWidgetArea area);
    QMainWindow& window_;
    std::vector<DockSpec> specs_;
    QHash<QString, QDockWidget*> docks_;
};

}  // namespace discern
