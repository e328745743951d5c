#include "core/explain/shapley/shapley_regression.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace discern {

ShapleyEstimate fitConstrained(const cv::Mat& x, const std::vector<double>& y, const std::vector<double>& w,
                               double total) {
    const int players = x.cols;
    const cv::Mat weights(w, false);
    // Deviations from equal shares sum to zero; in rows less their own mean the constraint vanishes.
    cv::Mat rowMean;
    cv::reduce(x, rowMean, 1, cv::REDUCE_AVG);
    const cv::Mat free = x - cv::repeat(rowMean, 1, players);
    const cv::Mat target = cv::Mat(y, false) - total * rowMean;
    const cv::Mat weighted = free.mul(cv::repeat(weights, 1, players));

    const cv::Mat normal = free.t() * weighted;
    const double scale = std::max(cv::trace(normal)[0] / players, 1e-300);
    // The all-ones direction is absent from `normal`; putting it back leaves the solution's sum at zero.
    const cv::Mat inverse = (normal + scale / players * cv::Mat::ones(players, players, CV_64F) +
                             1e-9 * scale * cv::Mat::eye(players, players, CV_64F))
                                .inv(cv::DECOMP_CHOLESKY);
    cv::Mat deviation = inverse * (weighted.t() * target);
    deviation -= cv::mean(deviation)[0];

    ShapleyEstimate fit;
    for (int j = 0; j < players; ++j) fit.values.push_back(total / players + deviation.at<double>(j));
    if (x.rows <= players) return fit;

    const cv::Mat influence = weighted * inverse;
    const cv::Mat residual = target - free * deviation;
    std::vector<double> variance(static_cast<std::size_t>(players), 0.0);
    for (int i = 0; i < x.rows; ++i) {
        const double leverage = std::min(free.row(i).dot(influence.row(i)), 0.99);
        const double leftOut = residual.at<double>(i) / (1.0 - leverage);
        for (int j = 0; j < players; ++j)
            variance[static_cast<std::size_t>(j)] += std::pow(influence.at<double>(i, j) * leftOut, 2);
    }
    for (const double v : variance) fit.standardErrors.push_back(std::sqrt(v));
    return fit;
}

}  // namespace discern
