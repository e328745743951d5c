#pragma once

#include <QFormLayout>
#include <QLabel>
#include <QScrollArea>
#include <QToolButton>

namespace discern {

/// Rows of a faint label of one width and a control that takes the rest.
class Form : public QFormLayout {
public:
    explicit Form(QWidget* parent = nullptr);
    /// Gives the control its label as accessible name and buddy, and both the tooltip.
    void add(const QString& label, QWidget* control, const QString& tip);
    /// A control without a label, under the others.
    void add(QWidget* control, const QString& tip);
    void setShown(QWidget* control, bool shown) { setRowVisible(control, shown); }
};

/// A label in the role that the style sheet knows: "secondary", "faint", "warning", "title".
[[nodiscard]] QLabel* makeLabel(const QString& text, const char* role, QWidget* parent = nullptr);

/// A small icon button with tooltip and accessible name.
[[nodiscard]] QToolButton* makeToolButton(const QString& icon, const QString& tip, QWidget* parent = nullptr);

/// A line in the warning colour below a control, in as many lines as it takes; hidden while it has nothing to say.
[[nodiscard]] QLabel* makeRefusal(QWidget* parent = nullptr);
/// Frames the control as wrong and says why; an empty reason takes both away.
void refuse(QWidget* control, QLabel* refusal, const QString& reason);

/// `content` scrolls upright where it does not fit.
[[nodiscard]] QScrollArea* scrolling(QWidget* content);

}  // namespace discern
