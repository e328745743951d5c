#pragma once

#include <QString>
#include <QVector>

#include "ui/charts/chart.h"

namespace discern {

/// One of the attributions that are compared.
struct AgreementMap {
    ChartModel model;
    QString method;  ///< its title; the maps of one method stand together
    QString explained{};  ///< the class that it explains; empty where that is not known
};

/// How far all of them agree under one measure.
struct AgreementMatrix {
    QString measure;  ///< e.g. "Spearman's ρ"
    QString tells;    ///< what it compares and what its values mean
    double low = -1.0;                ///< of the measure: -1 for correlations, 0 for overlaps
    double high = 1.0;
    QVector<QVector<double>> values;  ///< symmetric; NaN where undefined or not yet computed
};

struct AgreementData {
    QVector<AgreementMap> maps;
    QVector<AgreementMatrix> measures;
    int chosenRow = -1;  ///< the pair that is shown as a difference; -1: none
    int chosenColumn = -1;
};

/// Whether the two maps explain different classes.
[[nodiscard]] inline bool differentClasses(const AgreementMap& a, const AgreementMap& b) {
    return !a.explained.isEmpty() && !b.explained.isEmpty() && a.explained != b.explained;
}

/// Two decimals with a true minus sign.
[[nodiscard]] QString agreementFigure(double value);

}  // namespace discern
