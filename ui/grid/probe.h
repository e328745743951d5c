#pragma once

#include <QColor>
#include <QCoreApplication>
#include <QPoint>
#include <QString>
#include <QVector>
#include <limits>
#include <optional>

#include "ui/render/cell_ref.h"

namespace discern {

/// What lies under the pointer, in every column of the row that it is over.
struct ProbeInfo {
    struct Value {
        CellName cell;
        QString model;
        double value = std::numeric_limits<double>::quiet_NaN();
        std::optional<int> segment;
    };

    bool inside = false;  ///< whether the pointer is over the picture
    QPoint pixel;         ///< of the picture, from its upper left corner
    QColor color;         ///< of that pixel
    CellName cell;  ///< that it is over
    QString method;  ///< title of the row's method
    QString unit;
    QVector<Value> values;  ///< cells of the row that have an attribution and see this pixel

    Q_DECLARE_TR_FUNCTIONS(ProbeInfo)
};

/// One line for the status bar, e.g. "x 212  y 148   RGB 182 141 96   KernelSHAP · segment 17 · lite0 +0.84 (Δ logit)".
/// Empty outside the picture.
[[nodiscard]] QString inWords(const ProbeInfo& probe);

}  // namespace discern
