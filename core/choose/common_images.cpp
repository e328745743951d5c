#include "core/choose/common_images.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "core/error.h"

namespace discern {

namespace {

Labelled answersTo(const ModelEvaluation& model, const std::vector<std::size_t>& images) {
    Answers part{model.answers.classes, model.answers.known, {}, {}};
    part.probabilities = cv::Mat(static_cast<int>(images.size()), static_cast<int>(part.known), CV_64FC1);
    int row = 0;
    for (const std::size_t image : images) {
        const auto at = std::ranges::lower_bound(model.images, image) - model.images.begin();
        model.answers.probabilities.row(static_cast<int>(at)).copyTo(part.probabilities.row(row++));
        part.truth.push_back(model.answers.truth[static_cast<std::size_t>(at)]);
    }
    return Labelled(std::move(part));
}

}  // namespace

CommonImages commonImages(const Evaluation& evaluation) {
    CommonImages common;
    std::set<std::size_t> any;
    bool first = true;
    for (const ModelEvaluation& model : evaluation.models) {
        if (model.images.size() != model.answers.images() || !std::ranges::is_sorted(model.images))
            throw Error(ErrorKind::Input, model.name + ": its answers are not one an image. Evaluate it again.");
        if (model.images.empty()) continue;
        any.insert(model.images.begin(), model.images.end());
        std::vector<std::size_t> both;
        if (first)
            both = model.images;
        else
            std::ranges::set_intersection(common.images, model.images, std::back_inserter(both));
        common.images = std::move(both);
        first = false;
    }
    common.leftOut = any.size() - common.images.size();
    for (const ModelEvaluation& model : evaluation.models) {
        const bool answered = !model.images.empty() && !common.images.empty();
        common.answers.push_back(answered ? std::optional(answersTo(model, common.images)) : std::nullopt);
    }
    return common;
}

}  // namespace discern
