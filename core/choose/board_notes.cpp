#include "core/choose/board_notes.h"

#include <algorithm>
#include <set>
#include <utility>

#include "core/choose/figure_words.h"
#include "core/evaluate/calibration.h"
#include "core/evaluate/class_matching.h"
#include "core/evaluate/several_labels.h"

namespace discern {

namespace {

/// What holds of models, said once of all of whom it holds, in the order in which it came up.
class Said {
public:
    explicit Said(std::size_t models) : models_(models) {}

    void add(const std::string& model, const std::string& what) {
        auto found = std::ranges::find(all_, what, &std::pair<std::string, std::vector<std::string>>::first);
        if (found == all_.end()) found = all_.insert(found, {what, {}});
        if (std::ranges::find(found->second, model) == found->second.end()) found->second.push_back(model);
    }

    [[nodiscard]] std::vector<std::string> sentences() const {
        std::vector<std::string> sentences;
        for (const auto& [what, of] : all_) sentences.push_back(whose(of) + ": " + what);
        return sentences;
    }

private:
    [[nodiscard]] std::string whose(std::vector<std::string> names) const {
        constexpr std::size_t kNamed = 3;
        if (names.size() == models_ && models_ > 1) return "All models";
        if (names.size() > kNamed + 1) {
            const std::size_t more = names.size() - kNamed;
            names.resize(kNamed);
            names.push_back(countWords(more, "other", "others"));
        }
        return listWords(names);
    }

    std::size_t models_;
    std::vector<std::pair<std::string, std::vector<std::string>>> all_;
};

std::string quotedList(const std::vector<std::string>& labels) {
    constexpr std::size_t kNamed = 5;
    std::vector<std::string> quoted;
    for (std::size_t i = 0; i < std::min(labels.size(), kNamed); ++i) quoted.push_back("“" + labels[i] + "”");
    if (labels.size() > kNamed) quoted.push_back(countWords(labels.size() - kNamed, "other", "others"));
    return listWords(quoted);
}

/// Labels that a model has no class for, and how many of its images are of them; empty where there are none.
std::string unknownLabels(const Evaluation& evaluation, const ModelEvaluation& model) {
    std::vector<std::string> labels;
    for (const std::string& label : evaluation.set.labels)
        if (!model.matched.contains(label)) labels.push_back(label);
    const auto images = static_cast<std::size_t>(std::ranges::count_if(model.images, [&](std::size_t image) {
        const std::string& label = evaluation.set.images[image].label;
        const std::vector<std::string> own = evaluation.set.several ? labelsIn(label) : std::vector{label};
        return std::ranges::any_of(own, [&](const std::string& one) { return !model.matched.contains(one); });
    }));
    if (labels.empty() || images == 0) return "";
    if (evaluation.set.several)
        return "no class for " + quotedList(labels) + ", which " + countWords(images, "image has", "images have") +
               " and which counts as never given; a mapping can say which class is meant.";
    return "no class for " + quotedList(labels) + ", so that " + roundedWords(static_cast<double>(images)) + " of " +
           countWords(model.images.size(), "image counts", "images count") +
           " as wrong; a mapping can say which class is meant.";
}

}  // namespace

std::vector<std::string> boardCautions(const Evaluation& evaluation) {
    std::vector<std::string> cautions;
    Said said(evaluation.models.size());
    for (const ModelEvaluation& model : evaluation.models)
        if (const std::string unknown = unknownLabels(evaluation, model); !unknown.empty()) said.add(model.name, unknown);
    std::ranges::move(said.sentences(), std::back_inserter(cautions));
    if (evaluation.set.labels.size() == 1 && !evaluation.set.several)
        cautions.push_back("All images are of one class, “" + evaluation.set.labels[0] +
                           "”, so nothing is known of what is taken for it wrongly.");
    return cautions;
}

std::vector<std::string> boardNotes(const Evaluation& evaluation, const CommonImages& common) {
    std::vector<std::string> notes;
    if (evaluation.set.several) notes.push_back(kNoCalibration);
    if (common.leftOut > 0)
        notes.push_back(countWords(common.leftOut, "image that not all models answered is",
                                   "images that not all models answered are") +
                        " left out, so that all are compared on the same ones.");
    if (!evaluation.set.excluded.empty())
        notes.push_back(
            countWords(evaluation.set.excluded.size(), "file of the folder counts", "files of the folder count") +
            " nowhere.");
    Said said(evaluation.models.size());
    for (const ModelEvaluation& model : evaluation.models) {
        if (model.images.empty() && model.notes.empty()) said.add(model.name, "No image was answered.");
        // Classes that a model lacks are a caution.
        for (const std::string& note : model.notes)
            if (!note.starts_with(kNoClass)) said.add(model.name, note);
        for (const std::string& note : model.cost.notes) said.add(model.name, note);
    }
    std::ranges::move(said.sentences(), std::back_inserter(notes));
    return notes;
}

}  // namespace discern
