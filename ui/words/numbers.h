#pragma once

#include <QString>

namespace discern {

/// 12345 -> "12 345" with thin spaces.
[[nodiscard]] QString groupedNumber(qint64 number);
/// 4651000 -> "4.7 M".
[[nodiscard]] QString shortNumber(double number);

}  // namespace discern
