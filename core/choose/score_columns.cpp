#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

#include "core/choose/columns.h"
#include "core/choose/evaluation_board.h"
#include "core/evaluate/bootstrap.h"
#include "core/evaluate/class_figures.h"
#include "core/evaluate/score.h"

namespace discern {

namespace {

/// A score as a column: what it is called, and how it follows from answers.
struct ScoreColumn {
    Criterion criterion;
    double scale = 1.0;
    std::function<double(const Labelled&, Weights)> of;
};

double chanceOf(const std::string& score, std::size_t labels) {
    if (labels > 0 && (score == "accuracy" || score == "balanced_accuracy" || score == "recall_macro"))
        return 100.0 / static_cast<double>(labels);
    return score == "auc_macro" ? 0.5 : std::numeric_limits<double>::quiet_NaN();
}

ScoreColumn column(const Score& score, std::size_t labels) {
    const bool share = score.high == 1.0 && !score.name.starts_with("auc");
    return {{.name = score.name,
             .title = inSentence(score.title),
             .unit = share ? "%" : "",
             .tells = score.tells,
             .higherIsBetter = score.higherIsBetter,
             .chance = chanceOf(score.name, labels)},
            share ? 100.0 : 1.0,
            score.of};
}

/// As much of a label as a head has room for.
std::string shortened(const std::string& label) {
    constexpr std::size_t kMost = 24;
    if (label.size() <= kMost) return label;
    std::size_t end = kMost;
    while (end > 0 && (static_cast<unsigned char>(label[end]) & 0xc0U) == 0x80U) --end;  // not within a character
    return label.substr(0, end) + "…";
}

/// The share of the images of a label that are taken for it.
ScoreColumn recallOf(const std::string& name, const std::string& label) {
    const auto recall = [label](const Labelled& labelled, Weights weights) {
        const std::vector<std::string>& classes = labelled.answers().classes;
        const auto at = std::ranges::find(classes, label);
        if (at == classes.end()) return std::numeric_limits<double>::quiet_NaN();
        return classFigures(confusion(labelled, weights))[static_cast<std::size_t>(at - classes.begin())].recall;
    };
    return {{.name = name,
             .title = name + " (" + shortened(label) + ")",
             .unit = "%",
             .tells = "Share of the images of “" + label + "” that are taken for it."},
            100.0,
            recall};
}

/// What a model calls a label of the set.
std::string matched(const ModelEvaluation& model, const std::string& label) {
    const auto found = model.matched.find(label);
    return found == model.matched.end() ? label : found->second;
}

/// 0 for the share of the positive label that is found, 1 for that of the negative one, -1 for other scores.
int sideOf(const std::string& score) { return score == "sensitivity" ? 0 : score == "specificity" ? 1 : -1; }

/// A figure of each label, its mean over those that have images.
template <double ClassFigures::*figure>
double meanOfLabels(const Labelled& labelled, Weights weights) {
    return meanOverPresent(classFigures(labelled, weights), figure);
}

/// What sensitivity and specificity are of several labels.
std::vector<ScoreColumn> meanSides() {
    return {{{.name = "sensitivity",
              .title = "sensitivity, mean over labels",
              .unit = "%",
              .tells = "Mean over the labels that have images of the share of these that are given the label."},
             100.0,
             meanOfLabels<&ClassFigures::recall>},
            {{.name = "specificity",
              .title = "specificity, mean over labels",
              .unit = "%",
              .tells = "Mean over the labels that have images of the share of all other images that are not given the label."},
             100.0,
             meanOfLabels<&ClassFigures::specificity>}};
}

/// Of two classes the shares of each that are recognised, of several labels their means.
void addSides(const Evaluation& evaluation, const std::vector<std::string>& sides, std::vector<ScoreColumn>& all) {
    constexpr std::ptrdiff_t kBehind = 3;
    std::vector<ScoreColumn> added;
    if (!sides.empty()) added = {recallOf("sensitivity", sides[0]), recallOf("specificity", sides[1])};
    if (evaluation.set.several) {
        added = meanSides();
        std::erase_if(all, [](const ScoreColumn& column) { return column.criterion.name == "recall_macro"; });  // sensitivity
    }
    all.insert(all.begin() + std::min(kBehind, static_cast<std::ptrdiff_t>(all.size())), added.begin(), added.end());
}

std::vector<ScoreColumn> allScores(const Evaluation& evaluation, const std::vector<std::string>& sides) {
    std::vector<ScoreColumn> all;
    const bool several = evaluation.set.several;
    // Chance is that of models which choose one of the labels.
    for (const Score& score : scoresOf(several)) all.push_back(column(score, several ? 0 : evaluation.set.labels.size()));
    addSides(evaluation, sides, all);
    return all;
}

BoardValue valueOf(const ScoreColumn& score, const Labelled& labelled, const ImageDraws& draws, Progress& progress) {
    BoardValue value;
    value.value = score.scale * score.of(labelled, equalWeights(labelled));
    value.images = labelled.images();
    value.chance = score.criterion.chance;
    if (std::isnan(value.value)) {
        value.undefined = "undefined for these classes and images";
        return value;
    }
    std::vector<float> drawn;
    for (const std::vector<double>& draw : draws) {
        progress.checkpoint();
        drawn.push_back(static_cast<float>(score.scale * score.of(labelled, draw)));
    }
    setDraws(value, std::move(drawn));
    return value;
}

/// Why no model has the score, where the set's classes are the reason.
std::string whyNone(const std::string& score, const CommonImages& common) {
    if (common.images.empty()) return "";
    if (score == "top5") return " (not applicable to five classes or fewer)";
    if (score == "auc_macro") return " (not applicable: it needs images of a class and of others)";
    return "";
}

}  // namespace

std::vector<BoardColumn> scoreColumns(const Evaluation& evaluation, const CommonImages& common, const ImageDraws& draws,
                                      Progress& progress, std::vector<std::string>& notMeasured) {
    const std::vector<std::string>& labels = evaluation.set.labels;
    const int positive = evaluation.set.several ? -1 : positiveClass(labels);
    std::vector<std::string> sides;
    if (positive >= 0) sides = {labels[static_cast<std::size_t>(positive)], labels[static_cast<std::size_t>(1 - positive)]};
    const std::vector<ScoreColumn> wanted = allScores(evaluation, sides);
    std::vector<BoardColumn> columns;
    std::size_t done = 0;
    for (const ScoreColumn& score : wanted) {
        BoardColumn column{score.criterion, {}};
        for (std::size_t m = 0; m < evaluation.models.size(); ++m) {
            progress.report(static_cast<double>(done++) / static_cast<double>(wanted.size() * evaluation.models.size()),
                            "intervals of the scores");
            if (!common.answers[m]) {
                column.values.push_back({.undefined = common.images.empty() && !evaluation.models[m].images.empty()
                                                          ? "no image was answered by all models"
                                                          : "it answered no image"});
                continue;
            }
            ScoreColumn own = score;
            if (const int side = sides.empty() ? -1 : sideOf(score.criterion.name); side >= 0) {
                const std::string classes[2] = {matched(evaluation.models[m], sides[0]), matched(evaluation.models[m], sides[1])};
                if (classes[0] == classes[1]) {
                    column.values.push_back({.undefined = "both labels stand for the same class of this model"});
                    continue;
                }
                own = recallOf(score.criterion.name, classes[side]);
            }
            column.values.push_back(valueOf(own, *common.answers[m], draws, progress));
        }
        const bool any = std::ranges::any_of(column.values, [](const BoardValue& v) { return !std::isnan(v.value); });
        if (any)
            columns.push_back(std::move(column));
        else
            notMeasured.push_back(score.criterion.title + whyNone(score.criterion.name, common));
    }
    return columns;
}

}  // namespace discern
