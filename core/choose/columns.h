#pragma once

#include "core/choose/board.h"
#include "core/choose/common_images.h"
#include "core/run/progress.h"

namespace discern {

/// Bootstrap draws of the common images, one row a draw: how often each is drawn.
using ImageDraws = std::vector<std::vector<double>>;

/// A criterion with one value a model.
struct BoardColumn {
    Criterion criterion;
    std::vector<BoardValue> values;
};

/// Scores of core/evaluate, and sensitivity and specificity of two classes. Those that no model has a value of are
/// named in `notMeasured` instead. Throws Error(Cancelled).
[[nodiscard]] std::vector<BoardColumn> scoreColumns(const Evaluation& evaluation, const CommonImages& common,
                                                    const ImageDraws& draws, Progress& progress,
                                                    std::vector<std::string>& notMeasured);
/// Trust metrics, each of each method. Metrics without a direction are left out.
[[nodiscard]] std::vector<BoardColumn> trustColumns(const Evaluation& evaluation, const CommonImages& common,
                                                    const ImageDraws& draws, Progress& progress,
                                                    std::vector<std::string>& notMeasured);
/// Complexity and cost.
[[nodiscard]] std::vector<BoardColumn> costColumns(const Evaluation& evaluation, std::vector<std::string>& notMeasured);

/// The interval of a value from its draws; undefined draws are passed over and left at the value.
void setDraws(BoardValue& value, std::vector<float> draws);

/// A registry's title inside a sentence: "Balanced accuracy" -> "balanced accuracy", "ROC AUC" as it is.
[[nodiscard]] std::string inSentence(std::string title);

}  // namespace discern
