#pragma once

#include <string>
#include <vector>

namespace discern {

/// A usual way to bring levels of 0..255 into a network's range: (v / divide - mean) / std.
struct Normalisation {
    std::string name;  ///< for people
    double divide = 1.0;
    std::vector<double> mean;  ///< one a channel
    std::vector<double> std;
};

/// The usual ones for a network of 3 channels or of 1, the most usual first.
[[nodiscard]] std::vector<Normalisation> usualNormalisations(int channels);

}  // namespace discern
