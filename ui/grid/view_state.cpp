#include "ui/grid/view_state.h"

#include <algorithm>

namespace discern {

namespace {

constexpr double kLargestZoom = 64.0;

/// The frame that fits the picture at zoom 1 stays filled, so that zooming out ends at the whole picture.
View inside(View view) {
    const double margin = 0.5 / view.zoom;
    view.centre.setX(std::clamp(view.centre.x(), margin, 1.0 - margin));
    view.centre.setY(std::clamp(view.centre.y(), margin, 1.0 - margin));
    return view;
}

}  // namespace

void ViewState::setView(const View& view) {
    view_ = view;
    Q_EMIT viewChanged();
}

void ViewState::setLinked(bool linked) {
    if (linked == linked_) return;
    linked_ = linked;
    Q_EMIT linkedChanged(linked);
    if (linked) Q_EMIT viewChanged();
}

void ViewState::setCursor(const std::optional<QPointF>& cursor) {
    if (cursor == cursor_) return;
    cursor_ = cursor;
    Q_EMIT cursorChanged();
}

View ViewState::zoomed(const View& view, const QPointF& anchor, double factor) {
    const double zoom = std::clamp(view.zoom * factor, 1.0, kLargestZoom);
    return inside({anchor - (anchor - view.centre) * (view.zoom / zoom), zoom});
}

View ViewState::moved(const View& view, const QPointF& by) { return inside({view.centre + by, view.zoom}); }

}  // namespace discern
