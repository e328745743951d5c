#include "core/choose/galleries.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>

#include "core/choose/figure_words.h"
#include "core/evaluate/several_labels.h"
#include "core/text/natural_order.h"

namespace discern {

namespace {

/// An image that belongs into a gallery, and how much it does.
using Found = std::map<std::size_t, double>;

void add(Found& found, std::size_t image, double weight) {
    const auto [entry, isNew] = found.emplace(image, weight);
    if (!isNew) entry->second = std::max(entry->second, weight);
}

std::vector<std::size_t> strongestFirst(const Found& found) {
    std::vector<std::size_t> images;
    for (const auto& [image, weight] : found) images.push_back(image);
    std::ranges::stable_sort(images, std::ranges::greater(), [&](std::size_t image) { return found.at(image); });
    return images;
}

/// A model with its answers checked and worked out, and the mean mass lift of each explained image.
struct Looked {
    const ModelEvaluation& model;
    std::optional<Labelled> answers;
    std::map<std::size_t, double> lift;
};

std::map<std::size_t, double> meanFigures(const ModelEvaluation& model, const std::string& metric) {
    std::map<std::size_t, std::pair<double, double>> sums;
    for (const TrustFigure& figure : model.trust) {
        if (figure.metric != metric || !std::isfinite(figure.value)) continue;
        auto& [sum, count] = sums[figure.image];
        sum += figure.value;
        count += 1.0;
    }
    std::map<std::size_t, double> means;
    for (const auto& [image, sum] : sums) means[image] = sum.first / sum.second;
    return means;
}

Looked lookAt(const ModelEvaluation& model) {
    const bool answered = !model.images.empty();
    return {model, answered ? std::optional<Labelled>(model.answers) : std::nullopt, meanFigures(model, "mass_lift")};
}

struct Collected {
    Found wrongReason, outside, confidentErrors, errors;
};

void collect(const Looked& looked, Collected& all) {
    if (!looked.answers) return;
    for (std::size_t row = 0; row < looked.model.images.size(); ++row) {
        const std::size_t image = looked.model.images[row];
        const bool right = looked.answers->right(row);
        const double confidence = looked.answers->wrongConfidence(row);
        if (!right) add(all.errors, image, 0.0);
        if (!right && confidence >= kConfident) add(all.confidentErrors, image, confidence);
        const auto lift = looked.lift.find(image);
        if (lift == looked.lift.end() || lift->second >= 1.0) continue;
        add(all.outside, image, -lift->second);
        if (looked.answers->topIsRight(row)) add(all.wrongReason, image, -lift->second);
    }
}

/// What each model that answered says of an image, by image.
std::map<std::size_t, std::vector<std::string>> answersByImage(const std::vector<Looked>& all) {
    std::map<std::size_t, std::vector<std::string>> answers;
    for (const Looked& looked : all)
        for (std::size_t row = 0; looked.answers && row < looked.model.images.size(); ++row)
            answers[looked.model.images[row]].push_back(answerTo(looked.model, *looked.answers, row));
    return answers;
}

std::vector<Gallery> disagreements(const std::vector<Looked>& all) {
    Gallery some{"disagree", "Models disagree", "Images to which not all models give the same answer."};
    Gallery every{"all_disagree", "All models disagree", "Images to which no two models give the same answer."};
    std::set<std::string> given;
    for (const auto& [image, answers] : answersByImage(all)) {
        const std::set<std::string> different(answers.begin(), answers.end());
        given.insert(different.begin(), different.end());
        if (different.size() > 1) some.images.push_back(image);
        if (different.size() > 1 && different.size() == answers.size()) every.images.push_back(image);
    }
    if (all.size() < 2) some.lacking = "There is only one model.";
    if (all.size() > 2 && given.size() >= all.size()) return {some, every};
    return {some};
}

}  // namespace

std::string answerTo(const ModelEvaluation& model, const std::string& ownClass) {
    const auto found = std::ranges::find_if(model.matched, [&](const auto& match) { return match.second == ownClass; });
    return found == model.matched.end() ? ownClass : found->first;
}

std::string answerTo(const ModelEvaluation& model, const Labelled& answers, std::size_t row) {
    const auto named = [&](int c) { return answerTo(model, model.answers.classes[static_cast<std::size_t>(c)]); };
    if (!answers.several()) return named(answers.predicted(row));
    std::vector<std::string> given;
    for (int c = 0; c < static_cast<int>(answers.known()); ++c)
        if (answers.given(row, c)) given.push_back(named(c));
    std::ranges::sort(given, naturalLess);
    return labelText(given);
}

int knownClass(const ModelEvaluation& model, const std::string& label) {
    const auto match = model.matched.find(label);
    const std::string& name = match == model.matched.end() ? label : match->second;
    const auto at = std::ranges::find(model.answers.classes, name) - model.answers.classes.begin();
    return static_cast<std::size_t>(at) < model.answers.known ? static_cast<int>(at) : -1;
}

std::vector<Gallery> galleries(const Evaluation& evaluation, int model) {
    std::vector<Looked> all;
    for (const ModelEvaluation& one : evaluation.models) all.push_back(lookAt(one));
    Collected found;
    bool anyLift = false;
    for (std::size_t m = 0; m < all.size(); ++m) {
        if (model >= 0 && static_cast<std::size_t>(model) != m) continue;
        collect(all[m], found);
        anyLift = anyLift || !all[m].lift.empty();
    }
    const std::string noRegion =
        anyLift ? "" : "The mass lift was not measured: it needs explanations and masks of the region.";
    std::vector<Gallery> result = {{"wrong_reason", "Right for the wrong reason",
                                    "Right, though less attribution lies in the marked region than by chance.",
                                    strongestFirst(found.wrongReason), noRegion}};
    std::ranges::move(disagreements(all), std::back_inserter(result));
    result.push_back({"confident_errors", "Most confident errors", "Wrong with a probability of 90 % or more.",
                      strongestFirst(found.confidentErrors)});
    result.push_back({"outside", "Outside the region",
                      "Less attribution lies in the marked region than by chance, right or wrong.",
                      strongestFirst(found.outside), noRegion});
    result.push_back({"errors", "All errors",
                      evaluation.set.several ? "Images that miss one of their labels, or are given another."
                                             : "Images that are taken for another class.",
                      strongestFirst(found.errors)});
    return result;
}

std::vector<std::size_t> confusionCell(const ModelEvaluation& model, int truth, int predicted) {
    std::vector<std::size_t> images;
    if (model.images.empty()) return images;
    const Labelled answers(model.answers);
    for (std::size_t row = 0; row < model.images.size(); ++row)
        if (answers.truth(row) == truth && answers.predicted(row) == predicted) images.push_back(model.images[row]);
    return images;
}

std::vector<std::size_t> labelCell(const ModelEvaluation& model, int label, LabelCell cell) {
    std::vector<std::size_t> images;
    if (model.images.empty()) return images;
    const Labelled answers(model.answers);
    const bool has = cell == LabelCell::Found || cell == LabelCell::Missed;
    const bool given = cell == LabelCell::Found || cell == LabelCell::FalselyGiven;
    for (std::size_t row = 0; row < model.images.size(); ++row)
        if (answers.has(row, label) == has && answers.given(row, label) == given) images.push_back(model.images[row]);
    return images;
}

std::vector<std::size_t> wrongAtThreshold(const ModelEvaluation& model, int known, double threshold) {
    std::vector<std::size_t> images;
    if (model.images.empty()) return images;
    const Labelled answers(model.answers);
    for (std::size_t row = 0; row < model.images.size(); ++row)
        if ((answers.probability(row, known) >= threshold) != answers.has(row, known))
            images.push_back(model.images[row]);
    return images;
}

std::vector<std::size_t> wrongInBin(const ModelEvaluation& model, double low, double high) {
    std::vector<std::size_t> images;
    if (model.images.empty()) return images;
    const Labelled answers(model.answers);
    for (std::size_t row = 0; row < model.images.size(); ++row) {
        const double confidence = answers.confidence(row);
        const bool inside = confidence <= high && (confidence > low || low == 0.0);
        if (inside && !answers.topIsRight(row)) images.push_back(model.images[row]);
    }
    return images;
}

namespace {

/// A place that attribution should not lie in, or should.
struct Place {
    std::string metric;
    std::string where;
    bool shouldLieThere = false;
    double times = 1.0;  ///< how often chance is too much
};

constexpr double kHardlyMore = 2.0;
// Methods that multiply by the pixels give some to whatever is bright and sharp, whether it is read or not.
constexpr double kReadsText = 4.0;

bool warns(const Place& place, const BoardValue& value) {
    if (value.images < kFewestToWarn || !(std::isfinite(value.value) && std::isfinite(value.low) && std::isfinite(value.chance))) return false;
    // A few images have wide intervals: that one reaches down to chance says nothing where the mean lies far above.
    return place.shouldLieThere ? value.low <= value.chance && value.value < kHardlyMore * value.chance : value.low > place.times * value.chance;
}

std::optional<ShortcutWarning> warningOf(const Evaluation& evaluation, const Board& board, std::size_t model,
                                         const Place& place) {
    std::optional<ShortcutWarning> worst;
    for (std::size_t c = 0; c < board.criteria.size(); ++c) {
        const Criterion& criterion = board.criteria[c];
        const BoardValue& value = board.models[model].values[c];
        if (!criterion.name.starts_with(place.metric + ".") || !warns(place, value)) continue;
        if (worst && (place.shouldLieThere ? worst->lift <= value.value : worst->lift >= value.value)) continue;
        worst = {model, place.where, criterion.title, value.value};
        const Labelled answers(evaluation.models[model].answers);
        const std::vector<std::size_t>& images = evaluation.models[model].images;
        for (const TrustFigure& figure : evaluation.models[model].trust) {
            if (figure.metric != place.metric || figure.method != criterion.method) continue;
            worst->explained += 1;
            if (!std::isfinite(figure.value)) continue;
            worst->defined += 1;
            const auto at = std::ranges::lower_bound(images, figure.image);
            if (at == images.end() || *at != figure.image) continue;
            const auto row = static_cast<std::size_t>(at - images.begin());
            if (!answers.topIsRight(row)) continue;
            worst->of += 1;
            worst->images += place.shouldLieThere ? figure.value < value.chance : figure.value > place.times * value.chance;
        }
    }
    return worst;
}

}  // namespace

std::vector<ShortcutWarning> shortcutWarnings(const Evaluation& evaluation, const Board& board) {
    const std::vector<Place> places = {{"mass_lift", kOutside, true},
                                       {"text_lift", kOnText, false, kReadsText},
                                       {"corner_lift", "in a corner", false},
                                       {"border_lift", "on the border", false}};
    std::vector<ShortcutWarning> warnings;
    for (std::size_t m = 0; m < board.models.size(); ++m)
        for (const Place& place : places)
            if (const auto warning = warningOf(evaluation, board, m, place)) warnings.push_back(*warning);
    return warnings;
}

}  // namespace discern
