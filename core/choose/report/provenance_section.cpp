#include <algorithm>
#include <set>

#include "core/about.h"
#include "core/choose/figure_words.h"
#include "core/choose/report/sections.h"
#include "core/evaluate/score.h"
#include "core/explain/method.h"
#include "core/measure/trust_metric.h"
#include "core/record/html.h"

namespace discern {

namespace {

std::string sourceOf(const std::string& criterion) {
    for (const bool several : {false, true}) {
        const auto score = std::ranges::find(scoresOf(several), criterion, &Score::name);
        if (score != scoresOf(several).end()) return score->source;
    }
    const auto metric = std::ranges::find(trustMetrics(), criterion.substr(0, criterion.find('.')), &TrustMetric::name);
    return metric != trustMetrics().end() ? metric->source : "";
}

std::string firstWords(std::vector<std::string> labels) {
    constexpr std::size_t kMost = 20;
    if (labels.size() > kMost + 1) {
        const std::size_t more = labels.size() - kMost;
        labels.resize(kMost);
        labels.push_back(countWords(more, "other", "others"));
    }
    return listWords(labels);
}

std::string definition(const std::string& term, const std::string& meaning) {
    return textElement("dt", term) + textElement("dd", meaning);
}

ReportFacts settings(const ReportContext& context) {
    const Evaluation& evaluation = context.evaluation;
    std::set<std::string> methods;
    std::set<std::string> metrics;
    for (const ModelEvaluation& model : evaluation.models)
        for (const TrustFigure& figure : model.trust) methods.insert(figure.method), metrics.insert(figure.metric);
    const auto named = [](const std::set<std::string>& names) {
        return names.empty() ? "none" : listWords({names.begin(), names.end()});
    };
    ReportFacts facts = {{"program", "Discern " + versionOfDiscern() + ", LibTorch " + versionOfTorch()},
                         {"made by", context.asked.command.empty() ? "the window" : context.asked.command}};
    if (!context.board.measuredOn.empty()) facts.emplace_back("set", context.board.measuredOn.front());
    facts.emplace_back("labels", firstWords(evaluation.set.labels) + (evaluation.set.several ? "; several an image" : ""));
    facts.emplace_back("explained", countWords(evaluation.sampled, "image", "images") + " by " + named(methods));
    facts.emplace_back("trust metrics", named(metrics));
    facts.emplace_back("bootstrap draws", std::to_string(context.board.draws));
    facts.emplace_back("seed", std::to_string(evaluation.seed));
    facts.emplace_back("device", evaluation.device);
    facts.emplace_back("precision", evaluation.precision);
    facts.emplace_back("threads", std::to_string(evaluation.threads));
    return facts;
}

/// Every image with its digest: what tells whether two reports are about the same ones.
std::string imageList(const ReportContext& context) {
    constexpr std::size_t kMost = 2000;
    const std::vector<LabelledImage>& images = context.evaluation.set.images;
    std::string rows;
    for (std::size_t i = 0; i < std::min(kMost, images.size()); ++i)
        rows += element("tr", textElement("td", images[i].file) + textElement("td", images[i].label) +
                                  textElement("td", images[i].digest.empty() ? "not read" : images[i].digest));
    std::string head = "Images and their SHA-256";
    if (images.size() > kMost) head += " (the first " + std::to_string(kMost) + " of " + std::to_string(images.size()) + ")";
    return element("details", textElement("summary", head) + element("table", rows, "class=\"facts\""));
}

}  // namespace

std::string definitionsSection(const ReportContext& context) {
    std::string terms =
        definition("First in draws", "The evaluation is repeated on images that are drawn from these with replacement, the same ones "
                                     "for all models; this is the share of the draws in which the model comes first.") +
        definition("Utility", "Weighted mean of the criteria, each on a scale on which the worst model has 0 and the best one 1; where "
                              "models lie closer together than their intervals are wide, the intervals make the scale.") +
        definition("95 % interval", "Between the 2.5th and the 97.5th percentile of a figure's values in the draws (Efron's percentile "
                                    "bootstrap). What was timed or counted has none.") +
        definition("Chance", "What a guess, or a map that knows nothing of the model, would have.");
    for (const Criterion& criterion : context.board.criteria) {
        const std::string source = sourceOf(criterion.name);
        terms += definition(axisWords(criterion), criterion.tells + (source.empty() ? "" : " Source: " + source + "."));
    }
    return element("section", textElement("h2", "What the words mean") + element("dl", terms));
}

std::string provenanceSection(const ReportContext& context) {
    std::string blocks = factTable(settings(context));
    for (const std::size_t m : context.models) {
        const std::string& digest = context.board.models[m].digest;
        const auto card = context.asked.cards.find(digest);
        const ReportFacts facts = card != context.asked.cards.end()
                                      ? card->second
                                      : ReportFacts{{"SHA-256", digest}, {"card", "not at hand: the model is not open any more"}};
        blocks += textElement("h3", context.name(m)) + factTable(facts);
    }
    return blocks + imageList(context);
}

}  // namespace discern
