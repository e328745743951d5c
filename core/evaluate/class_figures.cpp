#include "core/evaluate/class_figures.h"

#include <limits>

namespace discern {

namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

double share(double part, double whole, double otherwise) { return whole > 0.0 ? part / whole : otherwise; }

ClassFigures figuresOf(const LabelCounts& counts) {
    ClassFigures of;
    of.support = counts.found + counts.missed;
    const double given = counts.found + counts.falselyGiven;
    const double others = counts.falselyGiven + counts.rightlyNot;
    of.precision = share(counts.found, given, 0.0);
    of.recall = share(counts.found, of.support, kUndefined);
    of.specificity = share(counts.rightlyNot, others, kUndefined);
    of.f1 = of.support > 0.0 ? 2.0 * counts.found / (of.support + given) : kUndefined;
    return of;
}

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
        const double found = known ? confusion.at<double>(c, c) : 0.0;
        const double given = known ? cv::sum(confusion.col(c))[0] : 0.0;
        const double support = cv::sum(confusion.row(c))[0];
        figures.push_back(figuresOf({found, support - found, given - found, all - support - (given - found)}));
    }
    return figures;
}

std::vector<LabelCounts> labelCounts(const Labelled& labelled, Weights weights) {
    std::vector<LabelCounts> counts(labelled.classes());
    for (std::size_t image = 0; image < labelled.images(); ++image) {
        if (weights[image] == 0.0) continue;
        for (std::size_t c = 0; c < counts.size(); ++c) {
            const bool has = labelled.has(image, static_cast<int>(c));
            const bool given = labelled.given(image, static_cast<int>(c));
            LabelCounts& of = counts[c];
            (has ? given ? of.found : of.missed : given ? of.falselyGiven : of.rightlyNot) += weights[image];
        }
    }
    return counts;
}

std::vector<ClassFigures> classFigures(const Labelled& labelled, Weights weights) {
    if (!labelled.several()) return classFigures(confusion(labelled, weights));
    std::vector<ClassFigures> figures;
    for (const LabelCounts& counts : labelCounts(labelled, weights)) figures.push_back(figuresOf(counts));
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
