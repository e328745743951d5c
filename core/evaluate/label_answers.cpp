#include "core/evaluate/label_answers.h"

#include <spdlog/fmt/fmt.h>

#include <map>

#include "core/evaluate/several_labels.h"

namespace discern {

double thresholdOf(const Model& model, std::vector<std::string>& notes) {
    const nlohmann::json* stated = findCardField(model.card().original, "threshold");
    if (stated == nullptr) return kThreshold;
    if (stated->is_number() && stated->get<double>() > 0.0 && stated->get<double>() < 1.0) return stated->get<double>();
    notes.push_back(fmt::format("The card's threshold {} is no number between 0 and 1: labels are given from {} on.", stated->dump(), kThreshold));
    return kThreshold;
}

void keepMatched(ModelEvaluation& evaluation, std::vector<int>& of) {
    Answers& answers = evaluation.answers;
    std::vector<std::string> kept;
    std::map<int, int> places;
    const auto take = [&](bool known) {
        for (const int place : of)
            if ((static_cast<std::size_t>(place) < answers.known) == known && places.emplace(place, static_cast<int>(kept.size())).second) {
                kept.push_back(answers.classes[static_cast<std::size_t>(place)]);
                if (known) evaluation.columns.push_back(place);
            }
    };
    take(true);
    take(false);
    for (int& place : of) place = places.at(place);
    answers.known = evaluation.columns.size();
    answers.classes = std::move(kept);
}

void setTruth(ModelEvaluation& evaluation, const LabelledSet& set, const std::vector<int>& of) {
    std::map<std::string, int> places;
    for (std::size_t l = 0; l < set.labels.size(); ++l) places[set.labels[l]] = of[l];
    Answers& answers = evaluation.answers;
    if (set.several)
        answers.labels = cv::Mat::zeros(static_cast<int>(evaluation.images.size()), static_cast<int>(answers.classes.size()), CV_8UC1);
    for (std::size_t row = 0; row < evaluation.images.size(); ++row) {
        const std::string& label = set.images[evaluation.images[row]].label;
        if (!set.several) answers.truth.push_back(places.at(label));
        else
            for (const std::string& one : labelsIn(label)) answers.labels.at<unsigned char>(static_cast<int>(row), places.at(one)) = 1;
    }
}

}  // namespace discern
