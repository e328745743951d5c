#pragma once

#include "ui/charts/chart.h"

namespace discern {

/// What a table of figures with coloured grounds shows.
struct MatrixContent {
    QString title;
    QStringList rows;
    QStringList columns;
    QVector<QStringList> words;         ///< a row each
    QVector<QVector<QColor>> grounds;  ///< the same
};

/// Such a table as a chart, so that it is exported as charts are.
class MatrixChart : public Chart {
    Q_OBJECT
public:
    explicit MatrixChart(QWidget* parent = nullptr);
    void setContent(const MatrixContent& content);
    /// As large as cells and names need.
    [[nodiscard]] QSize exportSize() const override;
    [[nodiscard]] Hit hitAt(const QPointF&) const override { return {}; }

protected:
    [[nodiscard]] QString emptyWords() const override;
    [[nodiscard]] QVector<ChartModel> models() const override { return {}; }
    [[nodiscard]] QString title() const override { return content_.title; }
    void build(QCPLayoutGrid& area, const ChartColours& colours) override;
    [[nodiscard]] QString figuresInWords() const override;

private:
    MatrixContent content_;
};

}  // namespace discern
