#pragma once

#include <QCoreApplication>

#include "ui/session/measurements.h"

namespace discern {

/// What was tested of a cell's map, in words that a person can act on; nothing where nothing was.
class TrustTeller {
    Q_DECLARE_TR_FUNCTIONS(TrustTeller)

public:
    explicit TrustTeller(const Measurements& measurements) : measurements_(measurements) {}

    /// A few words each, for the cell: in the region or not, faithful or not, steady or not, whether it depends on the
    /// weights.
    [[nodiscard]] QVector<TrustWords> of(const CellRef& cell) const;

    /// A sentence for each of these metrics that was asked of the cell: its value beside those of maps that know nothing
    /// of the model and which end is better, or why there is none. Plain text.
    [[nodiscard]] QStringList figures(const CellRef& cell, const QStringList& metrics) const;

private:
    /// What was held against a random map.
    struct Tested {
        qsizetype count = 0;
        QStringList failed;  ///< titles of those metrics by which the map is no better
    };
    [[nodiscard]] Tested tested(const CellRef& cell, MetricFamily family) const;
    [[nodiscard]] std::optional<TrustWords> inRegion(const CellRef& cell) const;
    [[nodiscard]] std::optional<TrustWords> pointsIntoRegion(const CellRef& cell) const;
    [[nodiscard]] std::optional<TrustWords> faithful(const CellRef& cell) const;
    [[nodiscard]] std::optional<TrustWords> steady(const CellRef& cell) const;
    [[nodiscard]] std::optional<TrustWords> dependsOnWeights(const CellRef& cell) const;
    [[nodiscard]] QString figureOf(const TrustMetric& metric, const MeasuredCell& cell) const;

    const Measurements& measurements_;
};

}  // namespace discern
