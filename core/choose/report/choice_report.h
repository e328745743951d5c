#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/choose/choice_state.h"
#include "core/choose/ranking.h"
#include "core/evaluate/evaluation.h"
#include "core/record/report_parts.h"
#include "core/run/progress.h"

namespace discern {

class Model;

/// What a report of an evaluation is made from. What it refers to must outlive the call.
struct ChoiceReport {
    const Evaluation& evaluation;
    const Ranker& ranker;                       ///< of the evaluation's board
    const std::vector<double>& weights;         ///< one a criterion
    ChoiceState state{};                        ///< its preset and the axes of its trade-off
    std::map<std::string, ReportFacts> cards{}; ///< of the models, by digest, as far as they are at hand
    std::string command{};                      ///< that made the evaluation, as it was typed; empty: the window did
    std::vector<std::string> folders{};         ///< that are not told of, beside the set's and the person's own
};

/// report.html: ranking and reasons, models x criteria, charts, images behind the figures by name, what was left out or
/// not measured, definitions, cards and provenance. One page that needs no other file, network or script. Files are
/// named without their folders, which can tell of people. Throws Error(Cancelled).
[[nodiscard]] std::string renderChoiceReport(const ChoiceReport& report, Progress& progress);

/// Adds a model's card, and its folder to those that are not told of.
void addCard(ChoiceReport& report, const Model& model);

}  // namespace discern
