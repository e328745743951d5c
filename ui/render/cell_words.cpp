#include "ui/render/cell_words.h"

#include <QStringList>
#include <cmath>

#include "ui/render/overlay.h"

namespace discern {

namespace {

QString percent(double fraction) { return QStringLiteral("%1 %").arg(std::floor(100.0 * fraction)); }

CellWords wordsForMap(const Attribution& attribution, const DisplaySettings& settings) {
    CellWords words;
    words.figure = QString::fromStdString(attribution.summary);
    words.certainty = QString::fromStdString(attribution.certainty);
    switch (mapState(attribution, settings)) {
        case MapState::Shown:
            words.showsMap = true;
            break;
        case MapState::AllZero:
            words.showsMap = true;
            words.certainty = CellWords::tr("zero everywhere");
            words.warning = true;
            break;
        case MapState::Undefined:
            words.showsMap = true;
            words.certainty.clear();
            words.headline = CellWords::tr("Undefined");
            words.detail = CellWords::tr("No value of this map is a finite number.");
            words.warning = true;
            break;
        case MapState::NoStandardError:
            words.certainty.clear();
            words.headline = CellWords::tr("No standard error");
            words.detail = CellWords::tr("None is estimated for this map.");
            break;
    }
    return words;
}

}  // namespace

CellWords wordsFor(const CellContent& cell, const DisplaySettings& settings) {
    CellWords words;
    if (cell.attribution) words = wordsForMap(*cell.attribution, settings);
    switch (cell.status) {
        case CellStatus::Done:
            break;
        case CellStatus::NotRun:
            words = {};
            words.headline = CellWords::tr("Not run yet");
            words.action = CellWords::tr("Explain");
            break;
        case CellStatus::Queued:
            words = {};
            words.headline = CellWords::tr("Waiting");
            words.detail = CellWords::tr("queued behind other work");
            break;
        case CellStatus::Running:
            if (words.showsMap) {
                const QString sure = words.certainty.isEmpty() ? percent(cell.fraction) : words.certainty;
                words.certainty = CellWords::tr("refining · %1").arg(sure);
            } else {
                words.headline = cell.stage.isEmpty() ? CellWords::tr("Starting") : cell.stage;
                words.detail = percent(cell.fraction);
            }
            break;
        case CellStatus::Failed:
            words = {};
            words.headline = CellWords::tr("Failed");
            words.detail = cell.error;
            words.action = CellWords::tr("Retry");
            words.warning = true;
            break;
        case CellStatus::Cancelled:
            if (words.showsMap) {
                words.certainty = CellWords::tr("cancelled, unfinished");
                words.warning = true;
            } else {
                words.headline = CellWords::tr("Cancelled");
                words.action = CellWords::tr("Run again");
            }
            break;
    }
    return words;
}

QString spoken(const CellWords& words) {
    QStringList parts = {words.headline, words.detail, words.figure, words.certainty};
    parts.removeAll({});
    return parts.join(QStringLiteral("; "));
}

}  // namespace discern
