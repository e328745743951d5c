#include "ui/render/cell_words.h"

#include <QStringList>
#include <algorithm>
#include <cmath>
#include <optional>

#include "ui/render/color_bar.h"
#include "ui/render/overlay.h"
#include "ui/words/core_words.h"

namespace discern {

namespace {

constexpr double kFaint = 0.05;  ///< share of the range's strongest, below which a map looks empty

QString percent(double fraction) { return QStringLiteral("%1 %").arg(std::floor(100.0 * fraction)); }

/// The strength below which the view shows nothing that could be seen.
double faintStrength(const DisplaySettings& settings) {
    switch (settings.view) {
        case OverlayView::Contour:
            return settings.contourMass > 0 ? 0.0 : settings.threshold;
        case OverlayView::Mask:
            return settings.threshold;
        default:
            return std::max(kFaint, settings.threshold);
    }
}

/// The value that is the strongest in the range, where even that one is too weak to be seen.
std::optional<double> faintMaximum(const Attribution& attribution, const DisplaySettings& settings,
                                   const ValueRange& range) {
    const cv::Mat map = shownMap(attribution, settings);
    double strongest = 0.0;
    bool any = false;
    for (int y = 0; y < map.rows; ++y) {
        const float* row = map.ptr<float>(y);
        for (int x = 0; x < map.cols; ++x) {
            const auto value = static_cast<double>(row[x]);
            if (!std::isfinite(value) || (any && range.amount(value) <= range.amount(strongest))) continue;
            strongest = value;
            any = true;
        }
    }
    if (!any || range.limit() <= 0.0 || range.strength(strongest) >= faintStrength(settings)) return std::nullopt;
    return strongest;
}

void sayFaint(CellWords& words, double strongest, const QString& unit) {
    words.headline = CellWords::tr("Too faint at this range");
    words.detail = CellWords::tr("own maximum %1 %2").arg(figure(strongest), unit).trimmed();
    words.warning = true;
}

CellWords wordsForMap(const Attribution& attribution, const DisplaySettings& settings, const ValueRange& range) {
    CellWords words;
    words.figure = QString::fromStdString(attribution.summary);
    words.certainty = QString::fromStdString(attribution.certainty);
    switch (mapState(attribution, settings)) {
        case MapState::Shown:
            words.showsMap = true;
            if (const auto strongest = faintMaximum(attribution, settings, range))
                sayFaint(words, *strongest, coreWords(attribution.unit));
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

CellWords wordsFor(const CellContent& cell, const DisplaySettings& settings, const ValueRange& range) {
    CellWords words;
    if (cell.attribution) words = wordsForMap(*cell.attribution, settings, range);
    if (words.showsMap && !cell.caution.isEmpty()) {
        words.certainty = words.certainty.isEmpty() ? cell.caution : cell.caution + QStringLiteral(" · ") + words.certainty;
        words.warning = true;
    }
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
