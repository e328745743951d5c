#include "core/choose/answer_agreement.h"

#include <limits>
#include <map>
#include <string>

#include "core/choose/galleries.h"

namespace discern {

AnswerAgreement::AnswerAgreement(const Evaluation& evaluation) {
    std::map<std::string, int> numbers;
    for (const ModelEvaluation& model : evaluation.models) {
        answers_.emplace_back(evaluation.set.images.size(), -1);
        if (model.images.empty()) continue;
        const Labelled answers(model.answers);
        for (std::size_t row = 0; row < model.images.size(); ++row)
            answers_.back()[model.images[row]] =
                numbers.emplace(answerTo(model, answers, row), static_cast<int>(numbers.size())).first->second;
    }
}

std::size_t AnswerAgreement::images(std::size_t one, std::size_t other) const {
    std::size_t both = 0;
    for (std::size_t i = 0; i < answers_[one].size(); ++i) both += answers_[one][i] >= 0 && answers_[other][i] >= 0;
    return both;
}

std::vector<std::size_t> AnswerAgreement::apart(std::size_t one, std::size_t other) const {
    std::vector<std::size_t> images;
    for (std::size_t i = 0; i < answers_[one].size(); ++i) {
        const int first = answers_[one][i];
        const int second = answers_[other][i];
        if (first >= 0 && second >= 0 && first != second) images.push_back(i);
    }
    return images;
}

double AnswerAgreement::share(std::size_t one, std::size_t other) const {
    const std::size_t both = images(one, other);
    return both == 0 ? std::numeric_limits<double>::quiet_NaN()
                     : 1.0 - static_cast<double>(apart(one, other).size()) / static_cast<double>(both);
}

}  // namespace discern
