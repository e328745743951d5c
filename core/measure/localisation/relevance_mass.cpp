#include "core/measure/localisation/localised.h"

namespace discern {
namespace {

Measurement mass(const MarkedPixels& pixels, const Parameters&) {
    double inside = 0.0;
    for (std::size_t i = 0; i < pixels.values.size(); ++i)
        if (pixels.inside[i]) inside += pixels.values[i];
    return valueOf(inside / pixels.sum);
}

Measurement share(const MetricTask& task) { return localised(task, mass); }

}  // namespace

Measurement regionLift(const MetricTask& task) {
    return localised(task, [](const MarkedPixels& pixels, const Parameters& parameters) {
        const double area = static_cast<double>(pixels.regionSize) / static_cast<double>(pixels.values.size());
        Measurement result = valueOf(mass(pixels, parameters).value / area);
        result.facts["region_share"] = area;
        return result;
    });
}

TrustMetric relevanceMass() {
    return {.name = "relevance_mass",
            .title = "Relevance mass",
            .family = MetricFamily::Localisation,
            .needs = MetricNeeds::Region,
            .better = Better::Higher,
            .range = "0 to 1",
            .tells = "The share of the positive attribution that lies in the region.",
            .limits =
                "It grows with the region, which its lift takes out; a model that rightly uses what surrounds the "
                "region scores low.",
            .cost = "none",
            .source = "Arras et al. 2022; package quantus 0.6, RelevanceMassAccuracy, of positive attribution",
            .run = share};
}

TrustMetric massLift() {
    return {
        .name = "mass_lift",
        .title = "Mass lift",
        .family = MetricFamily::Localisation,
        .needs = MetricNeeds::Region,
        .better = Better::Higher,
        .range = "0 and up",
        .tells =
            "Relevance mass over the region's share of the area: 1 for attribution spread evenly, 3 where the region "
            "holds three times its share.",
        .limits = "Its largest value is one over the region's share, so figures of regions of unlike size differ.",
        .cost = "none",
        .source = "relevance mass (Arras et al. 2022) over the region's share of the pixels",
        .run = regionLift};
}

}  // namespace discern
