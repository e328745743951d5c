#include <limits>
#include <opencv2/imgproc.hpp>

#include "core/measure/agreement.h"

namespace discern {

namespace {

constexpr int kWindow = 7;
constexpr double kK1 = 0.01;
constexpr double kK2 = 0.03;

/// The map over its largest magnitude, zero where it is undefined.
cv::Mat scaled(const cv::Mat& map, const cv::Mat& undefined) {
    const double largest = largestMagnitude(map);
    cv::Mat result;
    map.convertTo(result, CV_64F, largest > 0 ? 1.0 / largest : 1.0);
    result.setTo(0.0, undefined);
    return result;
}

cv::Mat windowMean(const cv::Mat& map) {
    cv::Mat mean;
    cv::boxFilter(map, mean, CV_64F, {kWindow, kWindow}, {-1, -1}, true, cv::BORDER_REFLECT);
    return mean;
}

/// Equations 13 of Wang et al. 2004 with C3 = C2 / 2, over windows that lie wholly on both maps.
double ssim(const MapPair& maps) {
    if (maps.a.rows < kWindow || maps.a.cols < kWindow) return std::numeric_limits<double>::quiet_NaN();
    const cv::Mat undefined = undefinedIn(maps.a) | undefinedIn(maps.b);
    const cv::Mat a = scaled(maps.a, undefined);
    const cv::Mat b = scaled(maps.b, undefined);
    double lowA = 0.0;
    double lowB = 0.0;
    cv::minMaxLoc(a, &lowA);
    cv::minMaxLoc(b, &lowB);
    const double dataRange = lowA < 0 || lowB < 0 ? 2.0 : 1.0;
    const double c1 = kK1 * dataRange * kK1 * dataRange;
    const double c2 = kK2 * dataRange * kK2 * dataRange;

    constexpr double kSample = kWindow * kWindow / (kWindow * kWindow - 1.0);  // unbiased covariance
    const cv::Mat meanA = windowMean(a);
    const cv::Mat meanB = windowMean(b);
    const cv::Mat varianceA = kSample * (windowMean(a.mul(a)) - meanA.mul(meanA));
    const cv::Mat varianceB = kSample * (windowMean(b.mul(b)) - meanB.mul(meanB));
    const cv::Mat covariance = kSample * (windowMean(a.mul(b)) - meanA.mul(meanB));
    const cv::Mat numerator = cv::Mat(2 * meanA.mul(meanB) + c1).mul(cv::Mat(2 * covariance + c2));
    const cv::Mat denominator =
        cv::Mat(meanA.mul(meanA) + meanB.mul(meanB) + c1).mul(cv::Mat(varianceA + varianceB + c2));
    cv::Mat similarity;
    cv::divide(numerator, denominator, similarity);

    cv::Mat touched;
    cv::dilate(undefined, touched, cv::Mat::ones(kWindow, kWindow, CV_8UC1));
    const cv::Mat whole = touched == 0;
    const cv::Rect inside(kWindow / 2, kWindow / 2, a.cols - kWindow + 1, a.rows - kWindow + 1);
    if (cv::countNonZero(whole(inside)) == 0) return std::numeric_limits<double>::quiet_NaN();
    return cv::mean(similarity(inside), whole(inside))[0];
}

}  // namespace

AgreementMeasure structuralSimilarity() {
    return {.name = "ssim",
            .title = "SSIM",
            .tells = "Mean structural similarity over windows of 7 × 7 pixels, each map first divided by its largest "
                     "magnitude: 1 where the maps look the same, about 0 where they share no structure, negative where "
                     "one is the other's negative.",
            .source = "Wang et al. 2004; skimage.metrics.structural_similarity with its defaults, data_range 2 where "
                      "either map has negative values, else 1",
            .low = -1.0,
            .high = 1.0,
            .between = ssim};
}

}  // namespace discern
