#pragma once

#include <QVector>
#include <optional>

#include "ui/charts/chart.h"

namespace discern {

/// How a score moves along a measure's steps, for one cell or for what it is held against.
struct MeasuredCurve {
    int model = -1;  ///< index into CurveData::models; -1: a baseline, drawn faint and dashed
    QString name;    ///< as said on hover: the method, or what the baseline is
    QVector<double> x;
    QVector<double> y;  ///< of the same length; points that are not finite are left out
};

struct CurveData {
    QString title;  ///< the measure, and which direction is better
    QString xLabel;
    QString yLabel;
    QVector<ChartModel> models;
    QVector<MeasuredCurve> curves;
    bool stepsShown = true;  ///< at the line, cells show the picture as it is there
};

/// Curves of one measure over each other, with a line that a person drags along the steps.
class CurveChart : public Chart {
    Q_OBJECT
public:
    explicit CurveChart(QWidget* parent = nullptr);
    void setData(const CurveData& curves);
    /// Where the line stands, a value of x; nothing: there is none.
    void setStep(std::optional<double> x);
    [[nodiscard]] std::optional<double> step() const { return step_; }

    [[nodiscard]] Hit hitAt(const QPointF& position) const override;

Q_SIGNALS:
    /// A person moved the line here, or took it away.
    void stepped(std::optional<double> x);

protected:
    [[nodiscard]] QString emptyWords() const override;
    [[nodiscard]] QVector<ChartModel> models() const override { return data_.models; }
    [[nodiscard]] QString title() const override;
    void build(QCPLayoutGrid& area, const ChartColours& colours) override;
    [[nodiscard]] QString figuresInWords() const override;

    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void addCurve(const MeasuredCurve& curve, QCPAxisRect& rect, const ChartColours& colours);
    void addName(const MeasuredCurve& curve, QCPAxisRect& rect, const ChartColours& colours);
    [[nodiscard]] QString hint() const;
    void addHint(QCPAxisRect& rect, const ChartColours& colours);
    void addStep(QCPAxisRect& rect, const ChartColours& colours);
    /// The step under a point, held within the axis; nothing where it lies off the axes.
    [[nodiscard]] std::optional<double> stepAt(const QPointF& position, bool held) const;
    void move(std::optional<double> x);
    [[nodiscard]] double widest() const;

    CurveData data_;
    std::optional<double> step_;
    bool dragging_ = false;
};

/// The value of a curve at x, between its points along a line; nothing beyond them.
[[nodiscard]] std::optional<double> valueAt(const MeasuredCurve& curve, double x);

}  // namespace discern
