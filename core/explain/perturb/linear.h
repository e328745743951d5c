#pragma once

#include <opencv2/core.hpp>
#include <string>
#include <vector>

#include "core/explain/perturb/coalitions.h"

namespace discern {

/// A weighted ridge regression of scores on kept segments, with an intercept that is not penalised.
struct RidgeFit {
    std::vector<double> coefficients;
    std::vector<double> standardErrors;  ///< robust to unequal variances (sandwich estimator)
    double intercept = 0.0;
    double r2 = 0.0;  ///< weighted coefficient of determination
};

/// Minimises sum w (y - intercept - z b)^2 + alpha |b|^2, as scikit-learn's Ridge does.
[[nodiscard]] RidgeFit fitRidge(const Coalitions& z, const std::vector<double>& y, const std::vector<double>& weights,
                                double alpha);

}  // namespace discern
