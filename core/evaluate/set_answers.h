#pragma once

#include <string>
#include <vector>

#include "core/evaluate/evaluator.h"

namespace discern {

/// What the models answered to the images of a set.
struct SetAnswers {
    std::vector<std::string> digests;     ///< an image's SHA-256; empty where it could not be read
    std::vector<std::string> unreadable;  ///< why; empty where it could
    std::vector<std::vector<std::vector<float>>> probabilities;  ///< model, image, class; none where they are undefined
    std::vector<std::string> failed;      ///< why a model could not be run; it then has no answers. Empty where it could
};

/// Decodes and prepares the next images beside the network's work on these, so that a model runs about as fast as it can.
[[nodiscard]] SetAnswers answersToSet(const EvaluationRequest& request, Workspace* workspace, Progress& progress);

}  // namespace discern
