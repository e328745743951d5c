#include "core/choose/common_images.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "core/error.h"
#include "core/evaluate/answers_to.h"

namespace discern {

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
