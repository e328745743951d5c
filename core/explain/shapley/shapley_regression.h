#pragma once

#include <opencv2/core.hpp>
#include <vector>

namespace discern {

struct ShapleyEstimate {
    std::vector<double> values;
    /// From each observation's residual as it would be, had the observation been left out (HC3): right for unequal
    /// variances, and not flattered by the fit. Empty where there are no more observations than unknowns.
    std::vector<double> standardErrors;
};

/// Minimises sum w (y - x phi)^2 subject to sum phi = total. x: observations x players, CV_64F; y, w: one an
/// observation. With fewer observations than unknowns the solution is the one nearest to equal shares.
[[nodiscard]] ShapleyEstimate fitConstrained(const cv::Mat& x, const std::vector<double>& y,
                                             const std::vector<double>& w, double total);

}  // namespace discern
