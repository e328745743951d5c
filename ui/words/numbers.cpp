#include "ui/words/numbers.h"

#include <cstdlib>

namespace discern {

QString groupedNumber(qint64 number) {
    QString digits = QString::number(std::abs(number));
    for (qsizetype i = digits.size() - 3; i > 0; i -= 3)
        digits.insert(i, QChar(0x2009));
    return number < 0 ? QChar(0x2212) + digits : digits;
}

QString shortNumber(double number) {
    const struct {
        double scale;
        const char* suffix;
    } steps[] = {{1e12, "T"}, {1e9, "G"}, {1e6, "M"}, {1e3, "k"}};
    for (const auto& step : steps) {
        if (number < step.scale * 0.9995)
            continue;
        const double value = number / step.scale;
        return QStringLiteral("%1 %2").arg(value, 0, 'f', value < 99.95 ? 1 : 0).arg(QLatin1String(step.suffix));
    }
    return QString::number(number, 'g', 3);
}

}  // namespace discern
