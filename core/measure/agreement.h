#pragma once

#include <string>
#include <vector>

#include "core/measure/common_ground.h"

namespace discern {

/// A measure of how far two attributions of one picture agree, as the registry knows it.
struct AgreementMeasure {
    std::string name{};    ///< as in tables, e.g. "spearman"
    std::string title{};   ///< e.g. "Spearman's ρ"
    std::string tells{};   ///< one sentence: what it compares and what its values mean
    std::string source{};  ///< paper and the package whose definition it follows
    double low = -1.0;     ///< the smallest value there can be; -1 for correlations, 0 for overlaps
    double high = 1.0;     ///< of maps that agree entirely
    /// Symmetric in the two maps and blind to their scale. NaN where it is undefined. Pixels that are undefined in
    /// either map are passed over.
    double (*between)(const MapPair& maps) = nullptr;
};

/// All measures, in the order in which they are offered.
[[nodiscard]] const std::vector<AgreementMeasure>& agreementMeasures();

}  // namespace discern
