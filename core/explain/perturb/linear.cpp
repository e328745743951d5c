#include "core/explain/perturb/linear.h"

#include <cmath>
#include <numeric>

namespace discern {
namespace {

double weightedMean(const std::vector<double>& values, const std::vector<double>& weights) {
    return std::inner_product(values.begin(), values.end(), weights.begin(), 0.0) /
           std::accumulate(weights.begin(), weights.end(), 0.0);
}

/// Rows of z less their weighted mean.
cv::Mat centred(const Coalitions& z, const cv::Mat& weights, cv::Mat& mean) {
    cv::Mat x = cv::Mat(static_cast<int>(z.rows()), z.players, CV_8UC1, const_cast<std::uint8_t*>(z.kept.data()));
    x.convertTo(x, CV_64F);
    mean = weights.t() * x / cv::sum(weights)[0];
    for (int i = 0; i < x.rows; ++i) x.row(i) -= mean;
    return x;
}

cv::Mat scaledRows(const cv::Mat& x, const cv::Mat& factors) { return x.mul(cv::repeat(factors, 1, x.cols)); }

}  // namespace

RidgeFit fitRidge(const Coalitions& z, const std::vector<double>& y, const std::vector<double>& weights, double alpha) {
    const cv::Mat w(weights, false);
    cv::Mat meanX;
    const cv::Mat x = centred(z, w, meanX);
    const double meanY = weightedMean(y, weights);
    const cv::Mat target = cv::Mat(y, false) - meanY;
    const cv::Mat weighted = scaledRows(x, w);
    const cv::Mat inverse =
        (x.t() * weighted + alpha * cv::Mat::eye(z.players, z.players, CV_64F)).inv(cv::DECOMP_CHOLESKY);
    const cv::Mat b = inverse * (weighted.t() * target);
    const cv::Mat residual = target - x * b;

    RidgeFit fit;
    fit.coefficients.assign(b.begin<double>(), b.end<double>());
    fit.intercept = meanY - cv::Mat(meanX * b).at<double>(0);
    const double total = w.dot(target.mul(target));
    fit.r2 = total > 0.0 ? 1.0 - w.dot(residual.mul(residual)) / total : 0.0;

    const cv::Mat influence = scaledRows(weighted * inverse, residual);
    const double freedom = std::max(1.0, static_cast<double>(z.rows() - z.players - 1));
    const double correction = static_cast<double>(z.rows()) / freedom;
    for (int j = 0; j < z.players; ++j)
        fit.standardErrors.push_back(std::sqrt(correction * influence.col(j).dot(influence.col(j))));
    return fit;
}

}  // namespace discern
