#pragma once

#include <opencv2/core.hpp>
#include <span>
#include <string>
#include <vector>

namespace discern {

/// What a model answered to a labelled set of images: one class an image, or several labels, where each has a probability
/// of its own. Of several labels only those of the set are among the classes: it says nothing of others.
struct Answers {
    std::vector<std::string> classes;  ///< the model's; labels of the set that it lacks follow them
    std::size_t known = 0;             ///< how many of `classes` are the model's
    cv::Mat probabilities;             ///< CV_64FC1, images x known, in 0..1
    std::vector<int> truth;            ///< an image's class, a place in `classes`; empty of several labels
    cv::Mat labels{};                  ///< CV_8UC1, images x classes, not 0 where an image has the label; empty of one class
    double threshold = 0.5;            ///< from which probability on a label is given

    [[nodiscard]] bool several() const { return !labels.empty(); }
    [[nodiscard]] std::size_t images() const { return several() ? static_cast<std::size_t>(labels.rows) : truth.size(); }
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
    [[nodiscard]] bool several() const { return answers_.several(); }
    /// Of one class an image only.
    [[nodiscard]] int truth(std::size_t image) const { return answers_.truth[image]; }
    /// Whether an image is of a class, or has it among its labels.
    [[nodiscard]] bool has(std::size_t image, int c) const {
        return several() ? answers_.labels.at<unsigned char>(static_cast<int>(image), c) != 0 : truth(image) == c;
    }
    /// Whether the model says so: its most probable class, or a label whose probability reaches the threshold.
    [[nodiscard]] bool given(std::size_t image, int c) const {
        if (!several()) return predicted(image) == c;
        return static_cast<std::size_t>(c) < known() && probability(image, c) >= answers_.threshold;
    }
    /// Whether the model says all that is true of an image, and nothing else.
    [[nodiscard]] bool right(std::size_t image) const;
    /// Whether the most probable class is true of an image.
    [[nodiscard]] bool topIsRight(std::size_t image) const { return has(image, predicted(image)); }
    /// How sure a wrong answer is: the probability of its class, or of several labels that of what is most surely missed or
    /// falsely given. 0 where the answer is right.
    [[nodiscard]] double wrongConfidence(std::size_t image) const;
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
    [[nodiscard]] std::vector<std::size_t> sorted(int known) const;

    Answers answers_;
    std::vector<int> predicted_;
    std::vector<std::vector<std::size_t>> orders_;  ///< of several labels: byProbability() of each, which every draw asks for
};

/// How often each image counts: once, or as often as a bootstrap draw has it; zero leaves it out.
using Weights = std::span<const double>;

/// The same answers without the labels that the model lacks; of several labels only.
[[nodiscard]] Answers withKnownLabels(const Answers& answers);

/// Every image once.
[[nodiscard]] std::vector<double> equalWeights(const Labelled& labelled);
/// Every image of a class that the model has once, others not at all. Of one class an image only.
[[nodiscard]] std::vector<double> knownWeights(const Labelled& labelled);

}  // namespace discern
