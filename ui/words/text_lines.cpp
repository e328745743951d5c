#include "ui/words/text_lines.h"

#include <QStringList>

namespace discern {

QString inLines(const QString& text, const QFontMetrics& metrics, int width, int lines) {
    QStringList words = text.split(QLatin1Char(' '));
    QStringList result;
    while (!words.isEmpty()) {
        QString line = words.takeFirst();
        const bool last = result.size() + 1 == lines;
        while (!words.isEmpty() &&
               (last || metrics.horizontalAdvance(line + QLatin1Char(' ') + words.front()) <= width))
            line += QLatin1Char(' ') + words.takeFirst();
        result += metrics.elidedText(line, Qt::ElideRight, width);
    }
    return result.join(QLatin1Char('\n'));
}

QString unbroken(QString text) { return text.replace(QLatin1Char(' '), QChar(0x00a0)); }

}  // namespace discern
