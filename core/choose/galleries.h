#pragma once

#include <string>
#include <vector>

#include "core/choose/board.h"
#include "core/evaluate/evaluation.h"

namespace discern {

/// Images worth a look behind a number.
struct Gallery {
    std::string name;                   ///< e.g. "wrong_reason"
    std::string title;                  ///< e.g. "Right for the wrong reason"
    std::string tells;                  ///< one sentence: which images these are
    std::vector<std::size_t> images{};  ///< places in the set's images, the most telling first
    std::string lacking{};              ///< why it cannot be told which images belong here; empty where it can
};

/// An answer of at least this probability is confident.
inline constexpr double kConfident = 0.9;

/// Of one model, or with -1 of any of them:
/// - "wrong_reason": right, though the explanations put less of their positive attribution into the marked region than
///   its area would get by chance (mass lift, mean over the methods, below 1); the least first.
/// - "outside": the same, right or wrong.
/// - "confident_errors": wrong with a probability of kConfident or more; the surest first.
/// - "errors": wrong; in the order of the set.
///   Of several labels an image is right where it is given all of its labels and no other; for "wrong_reason", which is
///   about the explained one, where it has the most probable of them.
/// and of all models together:
/// - "disagree": not all of those that answered give the same answer; in the order of the set.
/// - "all_disagree": no two give the same answer. Only where there are enough classes for that.
[[nodiscard]] std::vector<Gallery> galleries(const Evaluation& evaluation, int model = -1);

/// Places of the images of one class that a model takes for another: both as places in its answers' classes.
[[nodiscard]] std::vector<std::size_t> confusionCell(const ModelEvaluation& model, int truth, int predicted);

/// How an image and a label can be met.
enum class LabelCell { Found, Missed, FalselyGiven, RightlyNot };

/// The same of several labels; `label` is a place in the answers' classes.
[[nodiscard]] std::vector<std::size_t> labelCell(const ModelEvaluation& model, int label, LabelCell cell);

/// Places of the images on the wrong side of a threshold: of the class `known` (a place in the model's classes) but
/// with a lower probability of it, or of another class with one as high; in the order of the set.
[[nodiscard]] std::vector<std::size_t> wrongAtThreshold(const ModelEvaluation& model, int known, double threshold);

/// Places of the wrong images whose confidence lies above `low` and up to `high`; 0 belongs to the lowest part.
[[nodiscard]] std::vector<std::size_t> wrongInBin(const ModelEvaluation& model, double low, double high);

/// What the model says of an image: the set's label that it is matched with, or its own class.
[[nodiscard]] std::string answerTo(const ModelEvaluation& model, const std::string& ownClass);
/// The same of its answer to one of its images; of several labels all that are given, in natural order.
[[nodiscard]] std::string answerTo(const ModelEvaluation& model, const Labelled& answers, std::size_t row);

/// The place among the model's own classes of what it calls a label of the set; -1 where it has none.
[[nodiscard]] int knownClass(const ModelEvaluation& model, const std::string& label);

/// Where attribution lies of which too little lies in the marked region.
inline constexpr const char* kOutside = "outside the marked region";

/// Where attribution lies that is on burned-in text.
inline constexpr const char* kOnText = "on burned-in text";

/// An interval of fewer images says nothing.
inline constexpr std::size_t kFewestToWarn = 3;

/// A sign that a model may look at something that has nothing to do with the question.
struct ShortcutWarning {
    std::size_t model = 0;
    std::string where;       ///< kOnText, "in a corner", "on the border" or kOutside
    std::string criterion;   ///< title of what says so
    double lift = 0.0;       ///< its mean: attribution there (of "outside": in the region) over what chance gives
    std::size_t images = 0;  ///< images that it has right and of which this holds one by one
    std::size_t of = 0;      ///< images that it has right, that were explained and of which the figure is defined
    std::size_t defined = 0;    ///< images of which it is defined, right or wrong: of text, those in which some was found
    std::size_t explained = 0;  ///< images that were explained
};

/// Warnings from the trust figures that the evaluation carries: "corner_lift" and "border_lift" above chance by their whole
/// interval, "text_lift" above four times chance (they must be among the metrics that were measured), and "mass_lift" whose interval reaches down to
/// chance and whose mean lies below twice that, each of kFewestToWarn images or more. One a model and place, of the method that says it most strongly; by model.
[[nodiscard]] std::vector<ShortcutWarning> shortcutWarnings(const Evaluation& evaluation, const Board& board);

}  // namespace discern
