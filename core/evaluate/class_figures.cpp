#include "core/evaluate/class_figures.h"

#include <limits>

namespace discern {

namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

double share(double part, double whole, double otherwise) { return whole > 0.0 ? part / whole : otherwise; }

}  // namespace

cv::Mat confusion(const Labelled& labelled, Weights weights) {
    cv::Mat table = cv::Mat::zeros(static_cast<int>(labelled.classes()), static_cast<int>(labelled.known()), CV_64FC1);
    for (std::size_t image = 0; image < labelled.images(); ++image)
        table.at<double>(labelled.truth(image), labelled.predicted(image)) += weights[image];
    return table;
}

std::vector<ClassFigures> classFigures(const cv::Mat& confusion) {
    const double all = cv::sum(confusion)[0];
    std::vector<ClassFigures> figures;
    for (int c = 0; c < confusion.rows; ++c) {
        const bool known = c < confusion.cols;
        const double right = known ? confusion.at<double>(c, c) : 0.0;
        const double predicted = known ? cv::sum(confusion.col(c))[0] : 0.0;
        ClassFigures of;
        of.support = cv::sum(confusion.row(c))[0];
        of.precision = share(right, predicted, 0.0);
        of.recall = share(right, of.support, kUndefined);
        const double others = all - of.support;
        of.specificity = share(others - (predicted - right), others, kUndefined);
        of.f1 = of.support > 0.0 ? 2.0 * right / (of.support + predicted) : kUndefined;
        figures.push_back(of);
    }
    return figures;
}

double meanOverPresent(const std::vector<ClassFigures>& figures, double ClassFigures::*figure) {
    double sum = 0.0;
    double count = 0.0;
    for (const ClassFigures& of : figures) {
        if (!(of.support > 0.0)) continue;
        sum += of.*figure;
        count += 1.0;
    }
    return share(sum, count, kUndefined);
}

}  // namespace discern
