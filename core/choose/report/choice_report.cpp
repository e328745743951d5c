#include "core/choose/report/choice_report.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <numeric>

#include "core/choose/figure_words.h"
#include "core/choose/report/sections.h"
#include "core/record/html.h"
#include "core/record/model_facts.h"
#include "core/record/paths.h"
#include "report_template.h"

namespace discern {

namespace {

ReportContext contextOf(const ChoiceReport& report) {
    ReportContext context{report, report.evaluation, report.ranker.board(), report.ranker.rank(report.weights)};
    for (const Ranked& ranked : context.ranking.order) context.models.push_back(ranked.model);
    for (std::size_t c = 0; c < report.weights.size(); ++c)
        if (report.weights[c] > 0.0) context.weighted.push_back(c);
    if (context.weighted.empty()) {
        context.weighted.resize(report.weights.size());
        std::iota(context.weighted.begin(), context.weighted.end(), std::size_t{0});
    }
    return context;
}

std::string titleOf(const ReportContext& context) {
    const std::string set = context.board.measuredOn.empty() ? "" : ": " + context.board.measuredOn.front();
    return countWords(context.models.size(), "model", "models") + " evaluated on " +
           (set.empty() ? "a labelled set" : set.substr(2));
}

/// Sentences of errors name files with their folders, which can tell of people.
std::string withoutFolders(std::string page, const ChoiceReport& report) {
    std::vector<std::filesystem::path> files;
    const auto add = [&](const std::string& folder) {
        if (folder.empty()) return;
        for (const std::string& written : {folder, escaped(folder)}) files.push_back(std::filesystem::path(written) / "file");
    };
    add(report.evaluation.set.folder);
    for (const std::string& folder : report.folders) add(folder);
    return toldAs(std::move(page), files, Paths::Names);
}

}  // namespace

std::vector<std::size_t> firstModels(const ReportContext& context, std::size_t most) {
    return {context.models.begin(), context.models.begin() + static_cast<std::ptrdiff_t>(std::min(most, context.models.size()))};
}

std::string shownWords(const ReportContext& context, std::size_t most) {
    if (context.models.size() <= most) return "";
    return " The first " + std::to_string(most) + " of " + std::to_string(context.models.size()) + " models by the ranking are shown.";
}

std::string headWords(std::string title) {
    if (!title.empty()) title[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(title[0])));
    return title;
}

std::string directionWords(const Criterion& criterion) {
    return criterion.higherIsBetter ? "higher is better" : "lower is better";
}

std::string axisWords(const Criterion& criterion) {
    return headWords(criterion.title) + ", " + (criterion.unit.empty() ? "" : criterion.unit + ", ") + directionWords(criterion);
}

void addCard(ChoiceReport& report, const Model& model) {
    report.cards.emplace(model.sha256(), cardFacts(model, Paths::Names));
    report.folders.push_back(model.path().parent_path().string());
}

std::string renderChoiceReport(const ChoiceReport& report, Progress& progress) {
    progress.report(0.0, "Writing the report");
    const ReportContext context = contextOf(report);
    std::string page = filledPage(choiceTemplate, {{"title", escaped(titleOf(context))},
                                                   {"ranking", rankingSection(context)},
                                                   {"criteria", criteriaSection(context)},
                                                   {"charts", boardCharts(context)},
                                                   {"answers", answersSection(context, progress)},
                                                   {"behind", galleriesSection(context)},
                                                   {"left_out", leftOutSection(context)},
                                                   {"definitions", definitionsSection(context)},
                                                   {"provenance", provenanceSection(context)}});
    return withoutFolders(std::move(page), report);
}

}  // namespace discern
