#include "ui/session/provenance.h"

#include "core/record/provenance.h"

namespace discern {

namespace {

using nlohmann::json;

const char* word(OverlayView view) {
    static const char* const words[] = {"heatmap", "alpha by magnitude", "mask", "contour", "segments", "standard error"};
    return words[static_cast<int>(view)];
}

const char* word(RangePolicy policy) {
    static const char* const words[] = {"per map", "shared in row", "shared by all"};
    return words[static_cast<int>(policy)];
}

json displayRecord(const DisplaySettings& d) {
    return {{"view", word(d.view)},
            {"opacity", d.opacity},
            {"threshold", d.threshold},
            {"positive_map", d.positiveMap.toStdString()},
            {"signed_map", d.signedMap.toStdString()},
            {"range", word(d.range)},
            {"symmetric", d.symmetric},
            {"magnitude", d.magnitude},
            {"clip_percentile", d.clipPercentile ? json(*d.clipPercentile) : json("outliers")},
            {"top_segments", d.topSegments},
            {"positive_only", d.positiveOnly},
            {"hide_rest", d.hideRest},
            {"contour_mass", d.contourMass},
            {"smooth", d.smooth}};
}

}  // namespace

QString exportRecord(const std::vector<json>& explanations, const DisplaySettings& display, const QString& shows) {
    json record = explanations.size() == 1 ? explanations.front()
                                           : json{{"program", programRecord()}, {"cells", explanations}};
    record["display"] = displayRecord(display);
    if (!shows.isEmpty())
        record["shows"] = shows.toStdString();
    return QString::fromStdString(record.dump(-1, ' ', false, json::error_handler_t::replace));
}

}  // namespace discern
