#pragma once

#include <QHash>

#include "ui/choose/choice.h"

namespace discern {

/// Base of the Choose page's charts: they follow a Choice, a click selects its model there; the wheel zooms, dragging
/// moves and a double click shows all again; the figures behind it as CSV.
class BoardChart : public Chart {
    Q_OBJECT
public:
    BoardChart(const QString& title, Choice& choice, QWidget* parent = nullptr);

    /// What is drawn, one line a mark, with a head line.
    [[nodiscard]] virtual QString csv() const = 0;

protected:
    [[nodiscard]] QString emptyWords() const override;
    [[nodiscard]] QVector<ChartModel> models() const override;
    /// Every model by every criterion that is shown.
    [[nodiscard]] QString figuresInWords() const override;
    /// Another board is shown.
    virtual void boardShown() { rebuild(); }
    void build(QCPLayoutGrid& area, const ChartColours& colours) final;
    /// Adds axis rects and what they hold to `area`, as Chart::build does.
    virtual void fill(QCPLayoutGrid& area, const ChartColours& colours) = 0;
    /// Keeps what an axis was zoomed to through a rebuild; `whole` is shown at first.
    void setWhole(QCPAxis& axis, const QString& name, const QCPRange& whole);
    /// What was zoomed is shown whole again: the axes stand for something else.
    void forgetZoom() { zoomed_.clear(); }
    [[nodiscard]] double opacity(int model) const;
    /// The model's colour, faded while another one is selected.
    [[nodiscard]] QColor colourOf(int model) const;
    [[nodiscard]] const Criterion& criterion(int c) const {
        return choice_.board().criteria[static_cast<std::size_t>(c)];
    }
    [[nodiscard]] const BoardValue& value(int model, int c) const {
        return choice_.board().models[static_cast<std::size_t>(model)].values[static_cast<std::size_t>(c)];
    }
    [[nodiscard]] int modelCount() const { return static_cast<int>(choice_.board().models.size()); }

    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;

    Choice& choice_;

private:
    QHash<QString, QCPRange> zoomed_;
    QHash<QCPAxis*, QString> names_;  ///< of the axes that zoom, since the last build
    std::optional<QPoint> grabbed_;
    bool dragged_ = false;
};

/// Marks of one model in a chart: disc, square, triangle ... as everywhere.
[[nodiscard]] QCPScatterStyle markerStyle(int marker, double size, const QColor& colour);

}  // namespace discern
