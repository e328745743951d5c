#include "ui/session/difference_maps.h"

#include <algorithm>

#include "core/measure/difference.h"
#include "ui/session/explanation_memory.h"

namespace discern {

namespace {

PlacedMap placed(const Attribution& attribution, const QRectF& seen) {
    return {attribution.map, {seen.x(), seen.y(), seen.width(), seen.height()}};
}

/// The further from being done, the larger.
int trouble(CellStatus status) {
    switch (status) {
        case CellStatus::Done: return 0;
        case CellStatus::Running: return 1;
        case CellStatus::Queued: return 2;
        case CellStatus::NotRun: return 3;
        case CellStatus::Cancelled: return 4;
        case CellStatus::Failed: return 5;
    }
    return 5;
}

}  // namespace

CellContent DifferenceMaps::cell(const CellContent& a, const QRectF& seenA, const CellContent& b,
                                 const QRectF& seenB) {
    CellContent content = trouble(a.status) >= trouble(b.status) ? a : b;
    content.attribution.reset();
    content.fraction = std::min(a.status == CellStatus::Done ? 1.0 : a.fraction,
                                b.status == CellStatus::Done ? 1.0 : b.fraction);
    if (a.attribution && b.attribution) content.attribution = map(a.attribution, seenA, b.attribution, seenB);
    if (content.status == CellStatus::Done && !content.attribution) {
        content.status = CellStatus::Failed;
        content.error = tr("the two models see no common part of the picture");
    }
    return content;
}

DifferenceMaps::Map DifferenceMaps::map(const Map& a, const QRectF& seenA, const Map& b, const QRectF& seenB) {
    if (const Known* known = known_.object({a.get(), b.get()})) return known->difference;
    const PlacedMap difference = scaledDifference(placed(*a, seenA), placed(*b, seenB));
    if (difference.map.empty()) return nullptr;
    Attribution attribution;
    attribution.map = difference.map;
    attribution.isSigned = true;
    attribution.unit = tr("scaled difference").toStdString();
    attribution.target = a->target;
    const auto made = std::make_shared<const Attribution>(std::move(attribution));
    known_.insert({a.get(), b.get()}, new Known{a, b, made}, bytesOf(*a) + bytesOf(*b) + bytesOf(*made));
    return made;
}

}  // namespace discern
