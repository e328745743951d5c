#include <spdlog/fmt/fmt.h>

#include <algorithm>

#include "core/choose/figure_words.h"
#include "core/choose/presets.h"
#include "core/choose/reasons.h"
#include "core/choose/report/sections.h"
#include "core/record/html.h"

namespace discern {

namespace {

constexpr double kBarWidth = 160.0;

std::string bar(double share) {
    return fmt::format("<svg width=\"{0}\" height=\"10\" role=\"img\" aria-label=\"{1}\"><rect width=\"{2:.1f}\" height=\"10\" "
                       "fill=\"#0072b2\"/></svg> {1}",
                       kBarWidth, shareWords(share), kBarWidth * std::clamp(share, 0.0, 1.0));
}

std::string table(const ReportContext& context) {
    std::string rows = element("tr", textElement("th", "Place", "scope=\"col\"") + textElement("th", "Model", "scope=\"col\"") +
                                         textElement("th", "First in draws", "scope=\"col\"") +
                                         textElement("th", "Utility", "scope=\"col\""));
    for (const Ranked& ranked : context.ranking.order)
        rows += element("tr", textElement("td", std::to_string(ranked.rank)) +
                                  textElement("th", context.name(ranked.model), "scope=\"row\"") +
                                  element("td", bar(ranked.firstInDraws)) + textElement("td", figureWords(ranked.utility)));
    return element("div", element("table", rows, "class=\"ranking\""), "class=\"scroll\"");
}

std::string weightWords(const ReportContext& context) {
    std::vector<std::string> weights;
    for (std::size_t c = 0; c < context.asked.weights.size(); ++c)
        if (context.asked.weights[c] > 0.0)
            weights.push_back(fmt::format("{} {:g}", context.board.criteria[c].title, context.asked.weights[c]));
    const auto preset = std::ranges::find(weightPresets(), context.asked.state.preset, &WeightPreset::name);
    std::string words = preset == weightPresets().end() ? "" : fmt::format("Preset “{}”: {} ", preset->title, preset->tells);
    return words + (weights.empty() ? "No criterion has a weight." : "Weights: " + listWords(weights) + ".");
}

std::string paragraph(const Reason& reason) {
    std::string text = reason.heading.empty() ? "" : element("b", escaped(reason.heading));
    for (const ReasonPart& part : reason.parts) text += part.model < 0 ? escaped(part.text) : fmt::format("<b>{}</b>", escaped(part.text));
    return element("p", text, reason.kind == ReasonKind::Title ? "class=\"first\"" : "");
}

}  // namespace

std::string rankingSection(const ReportContext& context) {
    const std::vector<ShortcutWarning> warnings = shortcutWarnings(context.evaluation, context.board);
    std::string words;
    for (const Reason& reason : reasonsOf(context.asked.ranker, context.asked.weights, context.ranking, warnings))
        words += paragraph(reason);
    return element("section", element("div", words, "class=\"reasons\"") + table(context) +
                                  textElement("p", weightWords(context), "class=\"hint\""));
}

}  // namespace discern
