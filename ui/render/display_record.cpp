#include "ui/render/display_record.h"

#include <algorithm>

#include "ui/render/colormap.h"
#include "ui/render/json_fields.h"

namespace discern {

namespace {

using nlohmann::json;

constexpr std::array kViews{"heatmap", "alpha by magnitude", "mask", "contour", "segments", "standard error"};
constexpr std::array kPolicies{"per map", "shared in row", "shared by all"};

QString mapNamed(const json& record, const char* name, bool diverging, const QString& fallback) {
    const QString given = fields::text(record, name);
    const auto& maps = colorMaps();
    const bool known = std::any_of(maps.begin(), maps.end(), [&](const ColorMap& map) {
        return map.name == given && map.diverging == diverging;
    });
    return known ? given : fallback;
}

}  // namespace

json displayRecord(const DisplaySettings& d) {
    return {{"view", kViews.at(static_cast<std::size_t>(d.view))},
            {"opacity", d.opacity},
            {"threshold", d.threshold},
            {"positive_map", d.positiveMap.toStdString()},
            {"signed_map", d.signedMap.toStdString()},
            {"range", kPolicies.at(static_cast<std::size_t>(d.range))},
            {"symmetric", d.symmetric},
            {"magnitude", d.magnitude},
            {"clip_percentile", d.clipPercentile ? json(*d.clipPercentile) : json("outliers")},
            {"top_segments", d.topSegments},
            {"positive_only", d.positiveOnly},
            {"hide_rest", d.hideRest},
            {"contour_mass", d.contourMass},
            {"grey_under_signs", d.greyUnderSigns},
            {"smooth", d.smooth}};
}

DisplaySettings displayOf(const json& record) {
    DisplaySettings d;
    d.view = fields::word(record, "view", kViews, d.view);
    d.opacity = fields::real(record, "opacity", d.opacity, 0.0, 1.0);
    d.threshold = fields::real(record, "threshold", d.threshold, 0.0, 1.0);
    d.positiveMap = mapNamed(record, "positive_map", false, d.positiveMap);
    d.signedMap = mapNamed(record, "signed_map", true, d.signedMap);
    d.range = fields::word(record, "range", kPolicies, d.range);
    d.symmetric = fields::flag(record, "symmetric", d.symmetric);
    d.magnitude = fields::flag(record, "magnitude", d.magnitude);
    if (const double percentile = fields::real(record, "clip_percentile", 0.0, 50.0, 100.0); percentile > 0.0)
        d.clipPercentile = percentile;
    d.topSegments = fields::integer(record, "top_segments", d.topSegments, 1, 1000);
    d.positiveOnly = fields::flag(record, "positive_only", d.positiveOnly);
    d.hideRest = fields::flag(record, "hide_rest", d.hideRest);
    d.contourMass = fields::real(record, "contour_mass", d.contourMass, 0.0, 1.0);
    d.greyUnderSigns = fields::flag(record, "grey_under_signs", d.greyUnderSigns);
    d.smooth = fields::flag(record, "smooth", d.smooth);
    return d;
}

}  // namespace discern
