#include "ui/words/speed_words.h"

#include <QCoreApplication>

namespace discern {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("Speed", text); }

}  // namespace

QString shortLatency(const Speed& speed) {
    const double median = speed.latencyMs.median;
    const QString value = tr("%1 ms").arg(median, 0, 'f', median < 10 ? 1 : 0);
    return speed.quiet ? value : QStringLiteral("≈ ") + value;
}

QString latencySpread(const Speed& speed) {
    QString text = tr("Half of %1 runs took %2 to %3 ms.")
                       .arg(speed.latencyMs.runs)
                       .arg(speed.latencyMs.lower, 0, 'f', 1)
                       .arg(speed.latencyMs.upper, 0, 'f', 1);
    if (speed.quiet)
        return text;
    if (speed.otherLoad > kQuietLoad)
        return text + tr(" Other programs kept %1 cores busy: it may be faster.").arg(speed.otherLoad, 0, 'f', 1);
    return text + tr(" The runs differ widely: it may be faster.");
}

QString throughputInWords(const Speed& speed) {
    return tr("%1 images a second in batches of %2 (%3 to %4)")
        .arg(speed.imagesPerSecond.median, 0, 'f', 1)
        .arg(speed.batch)
        .arg(speed.imagesPerSecond.lower, 0, 'f', 1)
        .arg(speed.imagesPerSecond.upper, 0, 'f', 1);
}

QString measuredOn(const Speed& speed) {
    return QStringLiteral("%1, %2").arg(QString::fromStdString(speed.device), QString::fromStdString(speed.precision));
}

}  // namespace discern
