#include "ui/choose/criterion_words.h"

#include <QCoreApplication>
#include <cmath>
#include <string>
#include <vector>

#include "core/choose/figure_words.h"
#include "core/text/csv.h"
#include "ui/words/core_words.h"

namespace discern {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(discern::CriterionWords)
};

QString figureText(double value) { return QString::fromStdString(figureWords(value)); }

}  // namespace

QString arrowTitle(const Criterion& criterion) {
    return coreWords(criterion.title) + QStringLiteral("\u00a0") +
           (criterion.higherIsBetter ? QStringLiteral("↑") : QStringLiteral("↓"));
}

QString axisTitle(const Criterion& criterion) {
    const QString title = criterion.unit.empty() ? coreWords(criterion.title)
                                                 : coreWords(criterion.title) + ", " + coreWords(criterion.unit);
    return criterion.higherIsBetter ? Words::tr("%1 (higher is better)").arg(title)
                                    : Words::tr("%1 (lower is better)").arg(title);
}

QString valueWords(const Criterion& criterion, const BoardValue& value) {
    if (std::isnan(value.value)) return coreWords(value.undefined);
    return QString::fromStdString(figureWords(criterion, value.value));
}

QString wholeWords(const Criterion& criterion, const BoardValue& value) {
    if (std::isnan(value.value)) return Words::tr("no value: %1").arg(coreWords(value.undefined));
    QString words = valueWords(criterion, value);
    if (std::isfinite(value.low))
        words +=
            Words::tr(", %1 to %2 in 95 of 100 samples of images").arg(figureText(value.low), figureText(value.high));
    if (value.images > 0) words += Words::tr(", of %n image(s)", nullptr, static_cast<int>(value.images));
    words += QStringLiteral(".");
    if (noBetterThanChance(criterion, value))
        words += Words::tr(" No better than chance (%1).").arg(figureText(value.chance));
    return words;
}

QString tellsOf(const Criterion& criterion) {
    return coreWords(criterion.tells) + QStringLiteral(" ") +
           (criterion.higherIsBetter ? Words::tr("Higher is better.") : Words::tr("Lower is better."));
}

QString csvRow(const QStringList& values) {
    std::vector<std::string> texts;
    for (const QString& value : values) texts.push_back(value.toStdString());
    QString line = QString::fromStdString(csvLine(texts));
    line.chop(2);  // charts end their lines with a line feed alone
    return line + QLatin1Char('\n');
}

QString csvFigure(double value) { return std::isnan(value) ? QString() : QString::number(value, 'g', 10); }

}  // namespace discern
