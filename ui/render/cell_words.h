#pragma once

#include <QCoreApplication>
#include <QString>

#include "ui/render/display_settings.h"
#include "ui/render/grid_content.h"
#include "ui/render/value_range.h"

namespace discern {

/// What a cell says of itself.
struct CellWords {
    QString figure;     ///< bottom left: what its number is
    QString certainty;  ///< top right: how sure it is
    QString headline;   ///< in the middle, where there is no map to show
    QString detail;     ///< below the headline
    QString action;     ///< of its button; empty where it has none
    bool warning = false;
    bool showsMap = false;

    Q_DECLARE_TR_FUNCTIONS(CellWords)
};

[[nodiscard]] CellWords wordsFor(const CellContent& cell, const DisplaySettings& settings, const ValueRange& range);

/// One sentence for screen readers, e.g. "done; Σ 7.31; ± 0.04".
[[nodiscard]] QString spoken(const CellWords& words);

}  // namespace discern
