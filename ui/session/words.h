#pragma once

#include <QString>

namespace discern {

/// "1 image", "3 images".
[[nodiscard]] QString counted(qint64 number, const QString& one, const QString& many);
/// 12345 -> "12 345" with thin spaces.
[[nodiscard]] QString groupedNumber(qint64 number);
/// 4651000 -> "4.7 M".
[[nodiscard]] QString shortNumber(double number);

}  // namespace discern
