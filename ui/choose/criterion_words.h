#pragma once

#include <QString>
#include <QStringList>

#include "core/choose/board.h"

namespace discern {

/// "balanced accuracy ↑": what is compared and which direction is better.
[[nodiscard]] QString arrowTitle(const Criterion& criterion);
/// "balanced accuracy, % (higher is better)": for an axis.
[[nodiscard]] QString axisTitle(const Criterion& criterion);
/// "93.1 %", or why there is no value.
[[nodiscard]] QString valueWords(const Criterion& criterion, const BoardValue& value);
/// "93.1 %, 90.2 to 95.4 in 95 of 100 samples, of 600 images. No better than chance (50.0 %)."
[[nodiscard]] QString wholeWords(const Criterion& criterion, const BoardValue& value);
/// The sentence that tells of a criterion, with its direction.
[[nodiscard]] QString tellsOf(const Criterion& criterion);
/// A row of a CSV file with its line end; what needs quotes gets them.
[[nodiscard]] QString csvRow(const QStringList& values);
/// A figure for a CSV file; empty for NaN.
[[nodiscard]] QString csvFigure(double value);

}  // namespace discern
