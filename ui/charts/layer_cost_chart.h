#pragma once

#include <QVector>

#include "ui/charts/chart.h"

namespace discern {

/// A part of a network and its MACs for one image.
struct LayerCost {
    QString name;
    double macs = 0.0;
};

/// Where in a network, or in one of its modules, the arithmetic is: a bar a part, in the order of computation. Of many
/// parts the most expensive are shown and the others together. A part takes the place of a model in Chart's signals.
class LayerCostChart : public Chart {
    Q_OBJECT
public:
    /// `marker`: the model's colour.
    explicit LayerCostChart(int marker, QWidget* parent = nullptr);

    /// `module`: whose parts these are; empty for the network's. `whole`: the MACs of the network. `marked` is one of the
    /// parts, or -1.
    void setData(const QString& module, const QVector<LayerCost>& parts, double whole, int marked);
    [[nodiscard]] Hit hitAt(const QPointF& position) const override;

    static constexpr int kMost = 12;  ///< bars

protected:
    [[nodiscard]] QString emptyWords() const override;
    [[nodiscard]] QVector<ChartModel> models() const override { return {}; }
    [[nodiscard]] QString title() const override;
    void build(QCPLayoutGrid& area, const ChartColours& colours) override;
    [[nodiscard]] QString figuresInWords() const override;

private:
    struct Bar {
        QString name;
        double macs = 0.0;
        int part = -1;  ///< -1: several
    };
    [[nodiscard]] QString words(const Bar& bar) const;

    int marker_;
    QString module_;
    double whole_ = 0.0;
    QVector<Bar> bars_;
    int marked_ = -1;
};

}  // namespace discern
