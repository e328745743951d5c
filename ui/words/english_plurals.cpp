#include "ui/words/english_plurals.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace discern {

EnglishPlurals::EnglishPlurals(QObject* parent) : QTranslator(parent) { QCoreApplication::installTranslator(this); }

EnglishPlurals::~EnglishPlurals() { QCoreApplication::removeTranslator(this); }

QString EnglishPlurals::translate(const char* /*context*/, const char* source, const char* /*disambiguation*/, int n) const {
    if (n < 0)
        return {};  // no count: the source stands for itself
    static const QRegularExpression pair(QStringLiteral("\\[([^|\\]]*)\\|([^\\]]*)\\]"));
    return QString::fromUtf8(source)
        .replace(QStringLiteral("(s)"), n == 1 ? QString() : QStringLiteral("s"))
        .replace(pair, n == 1 ? QStringLiteral("\\1") : QStringLiteral("\\2"));
}

}  // namespace discern
