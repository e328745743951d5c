#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/evaluate/evaluation.h"
#include "core/run/compute.h"
#include "core/run/progress.h"

namespace discern {

class Model;
class Workspace;

/// A method or a trust metric with those of its settings that differ from the defaults.
struct Chosen {
    std::string name;
    std::map<std::string, std::string> parameters{};
};

struct EvaluationRequest {
    std::vector<std::shared_ptr<const Model>> models;
    LabelledSet set;
    std::filesystem::path masks{};                 ///< the folder of the images' masks; empty: the set's own
    std::map<std::string, std::string> mapping{};  ///< label -> class, as the user edited it
    std::vector<Chosen> methods{};                 ///< that explain the sample
    std::vector<Chosen> metrics{};                 ///< that measure its explanations
    std::size_t sample = 50;                       ///< images that are explained, drawn from the seed; all where fewer
    bool baselines = true;                         ///< also measure maps that know nothing of the model
    bool cost = true;                              ///< also time the models, one after the other
    std::uint64_t seed = 0;
    Compute compute{};
};

/// Asks every model about every image, explains a sample (each model's own most probable class) and measures the
/// explanations, and times the models. What `workspace` (may be null) knows already is taken from it, and all that is
/// new is kept in it as soon as it is there, so a run that was stopped goes on where it was and ends with the same
/// figures, but for times. Images that cannot be read are excluded and listed. Memory does not grow with the number of
/// images but by their answers. Models that give each class a probability of its own are evaluated on several labels an
/// image, as the set says them (between semicolons), of which only the set's own count; a label is given from a
/// probability of 0.5 on, or that of the card's field `threshold`. Throws Error(Model) where such models and ones that
/// choose one class are mixed; Error(Usage) for unknown methods and metrics; Error(Input) where no image can be read;
/// Error(Cancelled).
[[nodiscard]] Evaluation evaluate(const EvaluationRequest& request, Workspace* workspace, Progress& progress);

}  // namespace discern
