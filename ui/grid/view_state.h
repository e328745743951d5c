#pragma once

#include <QObject>
#include <QPointF>
#include <optional>

namespace discern {

/// Where one looks: the same for pictures and cells of any size.
struct View {
    QPointF centre{0.5, 0.5};  ///< of the cell, as a share of the picture's width and height
    double zoom = 1.0;         ///< 1 fits the whole picture

    bool operator==(const View&) const = default;
};

/// The view that all linked cells share, and the point under the pointer that all of them mark.
class ViewState : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    [[nodiscard]] const View& view() const { return view_; }
    void setView(const View& view);
    [[nodiscard]] bool linked() const { return linked_; }
    /// Unlinked, every cell keeps a view of its own.
    void setLinked(bool linked);

    /// Whether the wheel alone scrolls the grid, which does not fit; with Ctrl, or Alt for one cell, it zooms always.
    [[nodiscard]] bool wheelScrolls() const { return wheelScrolls_; }
    void setWheelScrolls(bool scrolls) { wheelScrolls_ = scrolls; }

    /// In picture pixels; nothing while the pointer is over no cell.
    [[nodiscard]] const std::optional<QPointF>& cursor() const { return cursor_; }
    void setCursor(const std::optional<QPointF>& cursor);

    /// Zooms about a point that stays where it is (a share of the picture); between 1 and 64.
    [[nodiscard]] static View zoomed(const View& view, const QPointF& anchor, double factor);
    /// Moved by a share of the picture, kept so that the centre stays inside it.
    [[nodiscard]] static View moved(const View& view, const QPointF& by);

Q_SIGNALS:
    /// Linked cells leave views of their own and take this one.
    void viewChanged();
    void linkedChanged(bool linked);
    void cursorChanged();

private:
    View view_;
    bool linked_ = true;
    bool wheelScrolls_ = false;
    std::optional<QPointF> cursor_;
};

}  // namespace discern
