#include "core/evaluate/answers_to.h"

#include <algorithm>
#include <opencv2/core.hpp>

namespace discern {

Labelled answersTo(const ModelEvaluation& model, const std::vector<std::size_t>& images) {
    Answers part{model.answers.classes, model.answers.known, {}, {}, {}, model.answers.threshold};
    const cv::Mat& labels = model.answers.labels;
    if (model.answers.several()) part.labels = cv::Mat(static_cast<int>(images.size()), labels.cols, CV_8UC1);
    part.probabilities = cv::Mat(static_cast<int>(images.size()), static_cast<int>(part.known), CV_64FC1);
    int row = 0;
    for (const std::size_t image : images) {
        const auto at = std::ranges::lower_bound(model.images, image) - model.images.begin();
        model.answers.probabilities.row(static_cast<int>(at)).copyTo(part.probabilities.row(row));
        if (part.several())
            labels.row(static_cast<int>(at)).copyTo(part.labels.row(row));
        else
            part.truth.push_back(model.answers.truth[static_cast<std::size_t>(at)]);
        ++row;
    }
    return Labelled(std::move(part));
}

}  // namespace discern
