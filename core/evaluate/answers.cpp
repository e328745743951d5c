#include "core/evaluate/answers.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/error.h"

namespace discern {

namespace {

void check(const Answers& answers) {
    const auto refuse = [](const std::string& why) { throw Error(ErrorKind::Input, "These answers cannot be scored: " + why); };
    const cv::Mat& p = answers.probabilities;
    if (answers.images() == 0) refuse("there are no images.");
    if (answers.known == 0 || answers.known > answers.classes.size()) refuse("the model has no classes.");
    if (p.type() != CV_64FC1 || p.rows != static_cast<int>(answers.images()) || p.cols != static_cast<int>(answers.known))
        refuse(std::to_string(answers.images()) + " images of " + std::to_string(answers.known) + " classes have " +
               std::to_string(p.rows) + " x " + std::to_string(p.cols) + " probabilities.");
    if (answers.several() && (answers.labels.type() != CV_8UC1 || answers.labels.cols != static_cast<int>(answers.classes.size())))
        refuse("the images' labels do not fit the classes.");
    const auto impossible = [&](int c) { return c < 0 || static_cast<std::size_t>(c) >= answers.classes.size(); };
    if (std::ranges::any_of(answers.truth, impossible)) refuse("an image's class is none of theirs.");
    for (int image = 0; image < p.rows; ++image)
        for (int c = 0; c < p.cols; ++c)
            if (const double value = p.at<double>(image, c); !(value >= 0.0 && value <= 1.0))
                refuse("image " + std::to_string(image + 1) + " has the probability " + std::to_string(value) +
                       ", which lies outside 0 to 1.");
}

}  // namespace

Labelled::Labelled(Answers answers) : answers_(std::move(answers)) {
    check(answers_);
    for (int image = 0; image < answers_.probabilities.rows; ++image) {
        const double* row = answers_.probabilities.ptr<double>(image);
        predicted_.push_back(static_cast<int>(std::max_element(row, row + known()) - row));
    }
    for (int c = 0; several() && c < static_cast<int>(known()); ++c) orders_.push_back(sorted(c));
}

bool Labelled::right(std::size_t image) const {
    if (!several()) return predicted(image) == truth(image);
    for (int c = 0; c < static_cast<int>(classes()); ++c)
        if (has(image, c) != given(image, c)) return false;
    return true;
}

double Labelled::wrongConfidence(std::size_t image) const {
    if (!several()) return right(image) ? 0.0 : confidence(image);
    double most = 0.0;
    for (int c = 0; c < static_cast<int>(known()); ++c) {
        if (has(image, c) == given(image, c)) continue;
        const double p = probability(image, c);
        most = std::max(most, given(image, c) ? p : 1.0 - p);
    }
    return most;
}

std::vector<std::size_t> Labelled::byProbability(int known) const {
    return several() ? orders_[static_cast<std::size_t>(known)] : sorted(known);
}

std::vector<std::size_t> Labelled::sorted(int known) const {
    std::vector<std::size_t> order(images());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, std::ranges::greater(), [&](std::size_t image) { return probability(image, known); });
    return order;
}

Answers withKnownLabels(const Answers& answers) {
    Answers known = answers;
    known.classes.resize(answers.known);
    known.labels = answers.labels.colRange(0, static_cast<int>(answers.known)).clone();
    return known;
}

std::vector<double> equalWeights(const Labelled& labelled) { return std::vector<double>(labelled.images(), 1.0); }

std::vector<double> knownWeights(const Labelled& labelled) {
    std::vector<double> weights = equalWeights(labelled);
    for (std::size_t image = 0; image < weights.size(); ++image)
        if (static_cast<std::size_t>(labelled.truth(image)) >= labelled.known()) weights[image] = 0.0;
    return weights;
}

}  // namespace discern
