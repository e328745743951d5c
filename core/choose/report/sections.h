#pragma once

#include <string>
#include <vector>

#include "core/choose/report/choice_report.h"

namespace discern {

/// What all sections of a report know.
struct ReportContext {
    const ChoiceReport& asked;
    const Evaluation& evaluation;
    const Board& board;
    Ranking ranking;
    std::vector<std::size_t> models{};    ///< in the order of the ranking
    std::vector<std::size_t> weighted{};  ///< criteria that have a weight; all where none has

    [[nodiscard]] const std::string& name(std::size_t model) const { return board.models[model].name; }
    [[nodiscard]] const BoardValue& value(std::size_t model, std::size_t criterion) const {
        return board.models[model].values[criterion];
    }
};

/// The first `most` of the models in the order of the ranking; charts of more could not be read.
[[nodiscard]] std::vector<std::size_t> firstModels(const ReportContext& context, std::size_t most);
/// "The first 12 of 50 models by the ranking." Empty where all are shown.
[[nodiscard]] std::string shownWords(const ReportContext& context, std::size_t most);

/// "Balanced accuracy, %, higher is better"
[[nodiscard]] std::string axisWords(const Criterion& criterion);
/// "Balanced accuracy"
[[nodiscard]] std::string headWords(std::string title);
/// "higher is better"
[[nodiscard]] std::string directionWords(const Criterion& criterion);

/// How often each model comes first, the weights, and the reasons in words.
[[nodiscard]] std::string rankingSection(const ReportContext& context);
/// Models x criteria with their intervals.
[[nodiscard]] std::string criteriaSection(const ReportContext& context);
/// The trade-off, and bars of the criteria that have a weight.
[[nodiscard]] std::string boardCharts(const ReportContext& context);
/// Curves of the answers, confusion and agreement.
[[nodiscard]] std::string answersSection(const ReportContext& context, Progress& progress);
/// Images that are worth a look, by name.
[[nodiscard]] std::string galleriesSection(const ReportContext& context);
/// Files and figures that count nowhere or are not there, each with its reason.
[[nodiscard]] std::string leftOutSection(const ReportContext& context);
/// What criteria and words of the report mean.
[[nodiscard]] std::string definitionsSection(const ReportContext& context);
/// The models' cards, and where the figures come from.
[[nodiscard]] std::string provenanceSection(const ReportContext& context);

}  // namespace discern
