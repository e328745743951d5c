#include <limits>
#include <opencv2/imgproc.hpp>

#include "core/measure/agreement.h"

namespace discern {

namespace {

constexpr int kWindow = 7;
constexpr double kK1 = 0.01;
constexpr double kK2 = 0.03;
constexpr double kSample = kWindow * kWindow / (kWindow * kWindow - 1.0);  // unbiased covariance

/// The map over its largest magnitude, zero where it is undefined.
cv::Mat scaled(const cv::Mat& map, const cv::Mat& undefined) {
    cv::Mat result;
    map.convertTo(result, CV_64F);
    result.setTo(0.0, undefined);
    const double largest = cv::norm(result, cv::NORM_INF);
    return largest > 0.0 ? cv::Mat(result / largest) : result;
}

cv::Mat windowMean(const cv::Mat& map) {
    cv::Mat mean;
    cv::boxFilter(map, mean, CV_64F, {kWindow, kWindow}, {-1, -1}, true, cv::BORDER_REFLECT);
    return mean;
}

/// The scaled map, its mean over each window and its variance there: CV_64FC3.
cv::Mat moments(const cv::Mat& map, const cv::Mat& undefined) {
    const cv::Mat values = scaled(map, undefined);
    const cv::Mat mean = windowMean(values);
    const cv::Mat variance = kSample * (windowMean(values.mul(values)) - mean.mul(mean));
    cv::Mat prepared;
    cv::merge(std::vector<cv::Mat>{values, mean, variance}, prepared);
    return prepared;
}

/// Equations 13 of Wang et al. 2004 with C3 = C2 / 2, over windows that lie wholly on both maps.
double ssim(const cv::Mat& preparedA, const cv::Mat& preparedB, const cv::Mat& undefined) {
    if (preparedA.rows < kWindow || preparedA.cols < kWindow) return std::numeric_limits<double>::quiet_NaN();
    std::vector<cv::Mat> a;
    std::vector<cv::Mat> b;
    cv::split(preparedA, a);
    cv::split(preparedB, b);
    double lowA = 0.0;
    double lowB = 0.0;
    cv::minMaxLoc(a[0], &lowA);
    cv::minMaxLoc(b[0], &lowB);
    const double dataRange = lowA < 0 || lowB < 0 ? 2.0 : 1.0;
    const double c1 = kK1 * dataRange * kK1 * dataRange;
    const double c2 = kK2 * dataRange * kK2 * dataRange;

    const cv::Mat meansMultiplied = a[1].mul(b[1]);
    const cv::Mat covariance = kSample * (windowMean(a[0].mul(b[0])) - meansMultiplied);
    const cv::Mat numerator = cv::Mat(2 * meansMultiplied + c1).mul(cv::Mat(2 * covariance + c2));
    const cv::Mat denominator = cv::Mat(a[1].mul(a[1]) + b[1].mul(b[1]) + c1).mul(cv::Mat(a[2] + b[2] + c2));
    cv::Mat similarity;
    cv::divide(numerator, denominator, similarity);

    cv::Mat touched;
    cv::dilate(undefined, touched, cv::Mat::ones(kWindow, kWindow, CV_8UC1));
    const cv::Mat whole = touched == 0;
    const cv::Rect inside(kWindow / 2, kWindow / 2, preparedA.cols - kWindow + 1, preparedA.rows - kWindow + 1);
    if (cv::countNonZero(whole(inside)) == 0) return std::numeric_limits<double>::quiet_NaN();
    return cv::mean(similarity(inside), whole(inside))[0];
}

}  // namespace

AgreementMeasure structuralSimilarity() {
    return {.name = "ssim",
            .title = "SSIM",
            .tells =
                "Mean structural similarity over windows of 7 × 7 pixels, each map first divided by its largest "
                "magnitude: 1 where the maps look the same, about 0 where they share no structure, negative where "
                "one is the other's negative.",
            .source =
                "Wang et al. 2004; skimage.metrics.structural_similarity with its defaults, data_range 2 where "
                "either map has negative values, else 1",
            .low = -1.0,
            .high = 1.0,
            .prepare = moments,
            .between = ssim};
}

}  // namespace discern
