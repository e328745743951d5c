#include <spdlog/fmt/fmt.h>

#include <cmath>

#include "core/choose/figure_words.h"
#include "core/choose/pareto.h"
#include "core/choose/report/sections.h"
#include "core/choose/trade_off.h"
#include "core/record/html.h"
#include "core/record/report_bars.h"
#include "core/record/report_scatter.h"

namespace discern {

namespace {

constexpr std::size_t kMostBars = 12;  // criteria

std::string intervalWords(const BoardValue& value) {
    return std::isfinite(value.low) && std::isfinite(value.high) ? figureWords(value.low) + " to " + figureWords(value.high) : "";
}

ReportFigures::Value cell(const Criterion& criterion, const BoardValue& value) {
    if (std::isnan(value.value)) return {figureWords(value.value), value.undefined.empty() ? "" : "no value, see below"};
    std::string small = intervalWords(value);
    if (noBetterThanChance(criterion, value)) small += small.empty() ? "no better than chance" : ", no better than chance";
    return {figureWords(value.value), small};
}

ReportValue shown(const BoardValue& value) { return {value.value, value.low, value.high}; }

std::string tradeOff(const ReportContext& context) {
    const TradeOff axes = tradeOffOf(context.board, context.asked.state);
    if (axes.x < 0 || axes.y < 0) return "";
    const auto x = static_cast<std::size_t>(axes.x);
    const auto y = static_cast<std::size_t>(axes.y);
    const auto dominated = dominators(context.board, {y, x});
    ReportScatter scatter{headWords(context.board.criteria[y].title) + " against " + context.board.criteria[x].title,
                          axisWords(context.board.criteria[x]), axisWords(context.board.criteria[y]), {}};
    for (const std::size_t m : context.models)
        scatter.points.push_back({context.name(m), shown(context.value(m, x)), shown(context.value(m, y)), dominated[m].has_value()});
    return renderScatter(scatter);
}

std::string bars(const ReportContext& context, std::size_t c) {
    const Criterion& criterion = context.board.criteria[c];
    ReportBars chart{axisWords(criterion), {}, criterion.chance};
    for (const std::size_t m : context.models) {
        const BoardValue& value = context.value(m, c);
        const std::string interval = intervalWords(value);
        chart.bars.push_back({fmt::format("{} {}", chart.bars.size() + 1, context.name(m)), shown(value),
                              figureWords(value.value) + (interval.empty() ? "" : " (" + interval + ")")});
    }
    return renderBars(chart);
}

}  // namespace

std::string criteriaSection(const ReportContext& context) {
    ReportFigures figures;
    for (std::size_t c = 0; c < context.board.criteria.size(); ++c) {
        const Criterion& criterion = context.board.criteria[c];
        std::string better = (criterion.unit.empty() ? "" : criterion.unit + ", ") + directionWords(criterion);
        if (context.asked.weights[c] > 0.0) better += fmt::format(", weight {:g}", context.asked.weights[c]);
        figures.columns.push_back({headWords(criterion.title), criterion.tells, better});
    }
    for (const std::size_t m : context.models) {
        ReportFigures::Row row{context.name(m), {}};
        for (std::size_t c = 0; c < context.board.criteria.size(); ++c)
            row.values.push_back(cell(context.board.criteria[c], context.value(m, c)));
        figures.rows.push_back(std::move(row));
    }
    std::string on;
    for (const std::string& line : context.board.measuredOn) on += (on.empty() ? "Measured on " : "; ") + line;
    return element("section", textElement("h2", "Models and criteria") +
                                  textElement("p", on + ". In small: the 95 % interval, where there is one.", "class=\"hint\"") +
                                  element("div", figureTable(figures, "Model"), "class=\"criteria\""));
}

std::string boardCharts(const ReportContext& context) {
    if (context.board.criteria.empty()) return "";
    std::string charts;
    const std::size_t count = std::min(kMostBars, context.weighted.size());
    for (std::size_t i = 0; i < count; ++i) charts += bars(context, context.weighted[i]);
    std::string hint = "Bars with their intervals; dashed: what knows nothing would have.";
    if (count < context.weighted.size())
        hint += fmt::format(" The first {} of {} criteria are drawn.", count, context.weighted.size());
    const std::string scatter = tradeOff(context);
    const std::string before = scatter.empty() ? "" : textElement("p", "A model is dominated, and drawn hollow, where another is as good by both criteria and better by one.", "class=\"hint\"");
    return element("section", textElement("h2", "Trade-off") + before + element("div", scatter, "class=\"charts\"")) +
           element("section", textElement("h2", "Side by side") + textElement("p", hint, "class=\"hint\"") +
                                  element("div", charts, "class=\"charts\""));
}

}  // namespace discern
