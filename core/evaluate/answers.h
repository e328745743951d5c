#pragma once

#include <opencv2/core.hpp>
#include <span>
#include <string>
#include <vector>

namespace discern {

/// What a model answered to a labelled set of images, one class an image.
struct Answers {
    std::vector<std::string> classes;  ///< the model's; labels of the set that it lacks follow them
    std::size_t known = 0;             ///< how many of `classes` are the model's
    cv::Mat probabilities;             ///< CV_64FC1, images x known, in 0..1
    std::vector<int> truth;            ///< an image's class, a place in `classes`

    [[nodiscard]] std::size_t images() const { return truth.size(); }
};

/// The same, with what several scores need of it worked out once. Throws Error(Input) where sizes, classes or
/// probabilities cannot be.
class Labelled {
public:
    explicit Labelled(Answers answers);

    [[nodiscard]] const Answers& answers() const { return answers_; }
    [[nodiscard]] std::size_t images() const { return answers_.images(); }
    [[nodiscard]] std::size_t classes() const { return answers_.classes.size(); }
    [[nodiscard]] std::size_t known() const { return answers_.known; }
    [[nodiscard]] int truth(std::size_t image) const { return answers_.truth[image]; }
    /// The most probable class; the first of equals.
    [[nodiscard]] int predicted(std::size_t image) const { return predicted_[image]; }
    /// Its probability.
    [[nodiscard]] double confidence(std::size_t image) const { return probability(image, predicted_[image]); }
    [[nodiscard]] double probability(std::size_t image, int known) const {
        return answers_.probabilities.at<double>(static_cast<int>(image), known);
    }
    /// Images by falling probability of a class; equals in the order of the images.
    [[nodiscard]] std::vector<std::size_t> byProbability(int known) const;

private:
    Answers answers_;
    std::vector<int> predicted_;
};

/// How often each image counts: once, or as often as a bootstrap draw has it; zero leaves it out.
using Weights = std::span<const double>;

/// Every image once.
[[nodiscard]] std::vector<double> equalWeights(const Labelled& labelled);
/// Every image of a class that the model has once, others not at all.
[[nodiscard]] std::vector<double> knownWeights(const Labelled& labelled);

}  // namespace discern
