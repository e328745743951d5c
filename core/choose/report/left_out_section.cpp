#include <algorithm>
#include <cmath>
#include <map>

#include "core/choose/figure_words.h"
#include "core/choose/report/sections.h"
#include "core/record/html.h"

namespace discern {

namespace {

constexpr std::size_t kMostFiles = 500;

std::string list(const std::vector<std::string>& sentences) {
    std::string items;
    for (const std::string& sentence : sentences) items += textElement("li", sentence);
    return items.empty() ? "" : element("ul", items);
}

std::string excluded(const ReportContext& context) {
    const std::vector<ExcludedFile>& files = context.evaluation.set.excluded;
    if (files.empty()) return textElement("p", "Every file of the set counts.", "class=\"hint\"");
    ReportFacts facts;
    for (std::size_t i = 0; i < std::min(kMostFiles, files.size()); ++i) facts.emplace_back(files[i].file, files[i].why);
    std::string words = countWords(files.size(), "file counts", "files count") + " nowhere";
    if (files.size() > kMostFiles) words += "; the first " + std::to_string(kMostFiles) + " are listed, evaluation.json has all";
    return textElement("p", words + ".", "class=\"hint\"") + factTable(facts);
}

/// Why models lack values, each reason once.
std::vector<std::string> undefinedValues(const ReportContext& context) {
    std::map<std::pair<std::string, std::string>, std::vector<std::string>> titles;  // model, reason -> criteria
    std::vector<std::string> sentences;
    for (const std::size_t m : context.models)
        for (std::size_t c = 0; c < context.board.criteria.size(); ++c)
            if (const BoardValue& value = context.value(m, c); std::isnan(value.value) && !value.undefined.empty())
                titles[{context.name(m), value.undefined}].push_back(context.board.criteria[c].title);
    for (const auto& [of, criteria] : titles)
        sentences.push_back(of.first + " has no value of " + listWords(criteria) + ": " + of.second);
    return sentences;
}

}  // namespace

std::string leftOutSection(const ReportContext& context) {
    std::vector<std::string> missing;
    if (!context.board.notMeasured.empty()) missing.push_back(headWords(listWords(context.board.notMeasured)) + ".");
    std::ranges::copy(undefinedValues(context), std::back_inserter(missing));
    std::ranges::copy(context.ranking.notes, std::back_inserter(missing));
    std::string blocks = textElement("h3", "Not measured") +
                         (missing.empty() ? textElement("p", "Every model has a value of every criterion.", "class=\"hint\"") : list(missing));
    if (!context.board.cautions.empty()) blocks += textElement("h3", "To bear in mind") + list(context.board.cautions);
    if (!context.board.notes.empty()) blocks += textElement("h3", "Notes") + list(context.board.notes);
    return element("section", textElement("h2", "Left out") + blocks + textElement("h3", "Files") + excluded(context));
}

}  // namespace discern
