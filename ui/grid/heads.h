#pragma once

#include <QWidget>

#include "ui/render/color_bar.h"
#include "ui/render/grid_content.h"

namespace discern {

/// Marker and name of a model, and its most probable classes as bars.
class ColumnHead : public QWidget {
    Q_OBJECT
public:
    explicit ColumnHead(QWidget* parent = nullptr);
    void setContent(const ColumnContent& content);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    ColumnContent content_;
};

/// Name of a method and its main settings.
class RowHead : public QWidget {
    Q_OBJECT
public:
    explicit RowHead(QWidget* parent = nullptr);
    void setContent(const RowContent& content);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    RowContent content_;
};

/// The colour bar at a row's end.
class RowBar : public QWidget {
    Q_OBJECT
public:
    explicit RowBar(QWidget* parent = nullptr);
    /// Shows nothing without colours and unit.
    void setBar(const ColorBar& bar);
    [[nodiscard]] const ColorBar& bar() const { return bar_; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    ColorBar bar_;
};

}  // namespace discern
