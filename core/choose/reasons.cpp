#include "core/choose/reasons.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <iterator>
#include <map>
#include <numeric>

#include "core/choose/figure_words.h"

namespace discern {

namespace {

constexpr double kSignificant = 0.05;
constexpr double kAlike = 2.0;        // points of accuracy
constexpr double kSure = 0.9;         // share of draws from which the order needs no word of caution
constexpr std::size_t kDeciding = 2;  // criteria that are named as what decided
constexpr std::size_t kGivenUp = 3;   // and as what is given up

std::string pWords(double p) {
    if (p < 0.001) return "p < 0.001";
    std::array<char, 32> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "p = %.*f", p < 0.01 ? 3 : 2, p);
    return buffer.data();
}

/// Writes about the first of a ranking.
class Writer {
public:
    Writer(const Ranker& ranker, const std::vector<double>& weights, const Ranking& ranking)
        : ranker_(ranker),
          board_(ranker.board()),
          weights_(weights),
          ranking_(ranking),
          first_(ranking.order[0].model) {}

    [[nodiscard]] Reason title() const {
        const double share = ranking_.order[0].firstInDraws;
        return {ReasonKind::Title, "", {name(first_), {" first, in " + shareWords(share) + " of draws"}}};
    }
    [[nodiscard]] Reason why() const;
    [[nodiscard]] Reason givesUp() const;
    [[nodiscard]] Reason stability() const;
    [[nodiscard]] Reason notMeasured() const;
    [[nodiscard]] Reason caution() const;
    /// In the order of the ranking; beyond the first few models they are named together.
    [[nodiscard]] std::vector<Reason> shortcuts(const std::vector<ShortcutWarning>& warnings) const;

private:
    [[nodiscard]] ReasonPart name(std::size_t model) const {
        return {board_.models[model].name, static_cast<int>(model)};
    }
    [[nodiscard]] const BoardValue& value(std::size_t model, std::size_t c) const {
        return board_.models[model].values[c];
    }
    [[nodiscard]] int criterion(const std::string& name) const {
        const auto found = std::ranges::find(board_.criteria, name, &Criterion::name);
        return found == board_.criteria.end() ? -1 : static_cast<int>(found - board_.criteria.begin());
    }
    [[nodiscard]] bool overlap(std::size_t a, std::size_t b, std::size_t c) const {
        const BoardValue& one = value(a, c);
        const BoardValue& other = value(b, c);
        return std::isfinite(one.low) && std::isfinite(other.low) && one.low <= other.high && other.low <= one.high;
    }
    /// "93.1 against 92.6 %"
    [[nodiscard]] std::string against(std::size_t a, std::size_t b, std::size_t c) const {
        if (std::isnan(value(b, c).value)) return figureWords(value(a, c).value) + " against no value";
        const auto [one, other] = figureWordsApart(value(a, c).value, value(b, c).value);
        const std::string& unit = board_.criteria[c].unit;
        return one + " against " + other + (unit.empty() ? "" : " " + unit);
    }
    /// How much the weighted criterion speaks for the first against another, in utility.
    [[nodiscard]] double lead(std::size_t other, std::size_t c) const {
        return weights_[c] * (ranker_.scaled(first_, c) - ranker_.scaled(other, c));
    }
    /// The accuracy of both, in words; whether the first needs a "but" after it.
    [[nodiscard]] bool compareAccuracy(std::size_t second, std::vector<ReasonPart>& parts) const;
    [[nodiscard]] std::string deciding(std::size_t second, std::size_t c) const;
    [[nodiscard]] std::string methodsAgree() const;

    const Ranker& ranker_;
    const Board& board_;
    const std::vector<double>& weights_;
    const Ranking& ranking_;
    std::size_t first_;
};

bool Writer::compareAccuracy(std::size_t second, std::vector<ReasonPart>& parts) const {
    const bool several = criterion("accuracy") < 0;  // labels an image: it is right where all of them are
    const int accuracy = criterion(several ? "subset_accuracy" : "accuracy");
    const double p = board_.mcnemar.empty() ? std::nan("") : board_.mcnemar[first_][second];
    if (accuracy < 0 || std::isnan(p)) {
        parts.push_back({"Against "});
        parts.push_back(name(second));
        return false;
    }
    const auto c = static_cast<std::size_t>(accuracy);
    const double points = value(first_, c).value - value(second, c).value;
    const bool more = points > 0.0;
    // What a test does not tell apart is alike only where the figures are, too: of few images it tells nothing apart.
    const bool alike = p >= kSignificant && std::abs(points) <= kAlike;
    const std::string right = several ? "often wholly right" : "accurate";
    const std::string how = alike ? "as " + right + " as "
                                  : std::string(p >= kSignificant ? "not measurably " : "") + (more ? "more " : "less ") +
                                        right + " than ";
    parts.push_back({"It is " + how});
    parts.push_back(name(second));
    parts.push_back({" (" + against(first_, second, c) + ", McNemar " + pWords(p) + ")"});
    return p >= kSignificant || !more;
}

std::string Writer::deciding(std::size_t second, std::size_t c) const {
    const Criterion& criterion = board_.criteria[c];
    std::string words = criterion.title + " (" + against(first_, second, c);
    if (std::isfinite(value(first_, c).low) && std::isfinite(value(second, c).low))
        words += overlap(first_, second, c) ? "; the intervals overlap" : "; the intervals lie apart";
    if (noBetterThanChance(criterion, value(second, c)) && !noBetterThanChance(criterion, value(first_, c)))
        words += "; " + board_.models[second].name + " is no better than chance";
    return words + ")";
}

Reason Writer::why() const {
    Reason reason{ReasonKind::Why, "", {}};
    const std::size_t second = ranking_.order[1].model;
    const bool but = compareAccuracy(second, reason.parts);
    std::vector<std::size_t> order(board_.criteria.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, std::ranges::greater(), [&](std::size_t c) { return lead(second, c); });
    std::vector<std::string> decided;
    for (const std::size_t c : order) {
        const bool enough = lead(second, c) > 0.0 && lead(second, c) >= 0.25 * lead(second, order[0]);
        if (enough && decided.size() < kDeciding) decided.push_back(deciding(second, c));
    }
    const bool compared = reason.parts.size() > 2;
    const std::string link = !compared ? " " : but ? ", but " : ", and ";
    reason.parts.push_back({link + (compared ? "what decides is " : "it is decided by ") + listWords(decided) + "."});
    return reason;
}

Reason Writer::givesUp() const {
    struct Loss {
        std::size_t criterion;
        std::size_t to;
        double lead;
    };
    std::vector<Loss> losses;
    for (std::size_t c = 0; c < weights_.size(); ++c) {
        if (!(weights_[c] > 0.0)) continue;
        Loss loss{c, first_, 0.0};
        for (std::size_t m = 0; m < board_.models.size(); ++m)
            if (const double lead = -this->lead(m, c); lead > loss.lead) loss = {c, m, lead};
        if (loss.to != first_) losses.push_back(loss);
    }
    if (losses.empty()) return {ReasonKind::GivesUp, "It gives up", {{" nothing by the criteria that have a weight."}}};
    std::ranges::stable_sort(losses, std::ranges::greater(), &Loss::lead);
    const std::size_t others = losses.size() > kGivenUp ? losses.size() - kGivenUp : 0;
    losses.resize(std::min(losses.size(), kGivenUp));
    // What goes to the same model is said together.
    std::vector<std::pair<std::size_t, std::vector<std::string>>> byModel;
    for (const auto& [c, to, lead] : losses) {
        const Criterion& criterion = board_.criteria[c];
        const double amount = std::abs(value(to, c).value - value(first_, c).value);
        const std::string figure = std::isnan(amount)      ? "a value"
                                   : criterion.unit == "%" ? figureWords(amount) + " points"
                                                           : figureWords(criterion, amount);
        auto found = std::ranges::find(byModel, to, &std::pair<std::size_t, std::vector<std::string>>::first);
        if (found == byModel.end()) found = byModel.insert(found, {to, {}});
        found->second.push_back(figure + " of " + criterion.title +
                                (overlap(first_, to, c) ? " (within the intervals)" : ""));
    }
    Reason reason{ReasonKind::GivesUp, "It gives up", {}};
    for (std::size_t i = 0; i < byModel.size(); ++i) {
        reason.parts.push_back({(i == 0 ? " " : ", ") + listWords(byModel[i].second) + " to "});
        reason.parts.push_back(name(byModel[i].first));
    }
    reason.parts.push_back({"."});
    if (others > 0)
        reason.parts.push_back({" In " + countWords(others, "further criterion", "further criteria") + " it gives up less."});
    return reason;
}

/// Whether each explanation method alone would put the same model first; empty where there are not several with a
/// weight.
std::string Writer::methodsAgree() const {
    std::map<std::string, std::string> titles;
    for (std::size_t c = 0; c < weights_.size(); ++c) {
        const Criterion& criterion = board_.criteria[c];
        const std::size_t comma = criterion.title.rfind(", ");
        if (weights_[c] > 0.0 && !criterion.method.empty())
            titles[criterion.method] =
                comma == std::string::npos ? criterion.method : criterion.title.substr(comma + 2);
    }
    if (titles.size() < 2) return {};
    std::vector<std::string> others;
    for (const auto& [method, title] : titles) {
        std::vector<double> alone = weights_;
        for (std::size_t c = 0; c < alone.size(); ++c)
            if (!board_.criteria[c].method.empty() && board_.criteria[c].method != method) alone[c] = 0.0;
        const std::size_t first = ranker_.rank(alone).order[0].model;
        if (first != first_) others.push_back(title + " alone would put " + board_.models[first].name + " first");
    }
    if (others.empty())
        return "Each of the " + std::to_string(titles.size()) + " explanation methods alone puts it first.";
    return listWords(others) + ".";
}

Reason Writer::stability() const {
    Reason reason{ReasonKind::Stability, "", {}};
    if (ranking_.order[0].firstInDraws < kSure) {
        const auto next =
            std::ranges::max_element(ranking_.order.begin() + 1, ranking_.order.end(), {}, &Ranked::firstInDraws);
        reason.parts.push_back({"Other images might turn the order round: "});
        reason.parts.push_back(name(next->model));
        reason.parts.push_back({" comes first in " + shareWords(next->firstInDraws) + " of the draws."});
    }
    if (const std::string agree = methodsAgree(); !agree.empty())
        reason.parts.push_back({(reason.parts.empty() ? "" : " ") + agree});
    return reason;
}

Reason Writer::notMeasured() const {
    Reason reason{ReasonKind::NotMeasured, "", {}};
    std::vector<std::string> sentences;
    if (!board_.notMeasured.empty()) sentences.push_back("Not measured: " + listWords(board_.notMeasured) + ".");
    std::ranges::copy(ranking_.notes, std::back_inserter(sentences));
    std::ranges::copy(board_.notes, std::back_inserter(sentences));
    for (std::size_t i = 0; i < sentences.size(); ++i) reason.parts.push_back({(i == 0 ? "" : " ") + sentences[i]});
    return reason;
}

Reason Writer::caution() const {
    Reason reason{ReasonKind::Caution, "", {}};
    if (board_.cautions.empty()) return reason;
    reason.heading = "Bear in mind.";
    for (const std::string& sentence : board_.cautions) reason.parts.push_back({" " + sentence});
    return reason;
}

/// What a warning says of a model that is named before it.
std::string said(const ShortcutWarning& warning) {
    const bool outside = warning.where == kOutside;
    const bool onText = warning.where == kOnText;
    const std::string counted = warning.of == 0 ? ""
                                                : "; " + roundedWords(static_cast<double>(warning.images)) + " of " +
                                                      (onText ? countWords(warning.of, "explained image with text", "explained images with text")
                                                              : countWords(warning.of, "explained image", "explained images")) +
                                                      " that it has right " +
                                                      (outside ? "are right for the wrong reason" : "show it");
    const std::string what = outside ? "lies in the marked region hardly more than by chance ("
                                     : warning.where + " exceeds chance (";
    const std::string found = onText ? " (text was found in " + roundedWords(static_cast<double>(warning.defined)) + " of " +
                                           countWords(warning.explained, "explained image", "explained images") + ")"
                                     : "";
    return "attribution " + what + figureWords(warning.lift) + " × chance)" + counted + found;
}

std::vector<Reason> Writer::shortcuts(const std::vector<ShortcutWarning>& warnings) const {
    constexpr std::size_t kTold = 3;
    std::vector<Reason> reasons;
    Reason others{ReasonKind::Shortcut, "Shortcut warning", {}};
    for (const Ranked& ranked : ranking_.order) {
        Reason reason{ReasonKind::Shortcut, "Shortcut warning.", {{" For "}, name(ranked.model)}};
        for (const ShortcutWarning& warning : warnings)
            if (warning.model == ranked.model)
                reason.parts.push_back({(reason.parts.size() == 2 ? ", " : ". Its ") + said(warning)});
        if (reason.parts.size() == 2) continue;
        reason.parts.push_back({"."});
        if (reasons.size() < kTold) {
            reasons.push_back(std::move(reason));
        } else {
            others.parts.push_back({others.parts.empty() ? " also for " : ", "});
            others.parts.push_back(name(ranked.model));
        }
    }
    if (others.parts.empty()) return reasons;
    others.parts.push_back({"."});
    reasons.push_back(std::move(others));
    return reasons;
}

}  // namespace

std::vector<Reason> reasonsOf(const Ranker& ranker, const std::vector<double>& weights, const Ranking& ranking,
                              const std::vector<ShortcutWarning>& warnings) {
    if (ranking.order.empty()) return {{ReasonKind::Title, "", {{"There is no model to choose."}}}};
    const Writer writer(ranker, weights, ranking);
    std::vector<Reason> reasons;
    if (ranking.order.size() == 1) {
        reasons.push_back({ReasonKind::Title, "", {{"Only one model"}}});
        reasons.push_back({ReasonKind::Why, "", {{"A choice needs a second model that answered the same images."}}});
    } else if (!ranking.decided) {
        reasons.push_back({ReasonKind::Title, "", {{"No model comes first"}}});
        const bool weighed = std::ranges::any_of(weights, [](double w) { return w > 0.0; });
        reasons.push_back({ReasonKind::Why,
                           "",
                           {{weighed ? "The criteria that have a weight do not tell the best models apart."
                                     : "No criterion has a weight. Move a slider, or take a preset."}}});
    } else {
        reasons = {writer.title(), writer.why(), writer.givesUp()};
    }
    reasons.push_back(writer.caution());
    std::ranges::move(writer.shortcuts(warnings), std::back_inserter(reasons));
    if (ranking.decided && ranking.order.size() > 1) reasons.push_back(writer.stability());
    reasons.push_back(writer.notMeasured());
    std::erase_if(reasons, [](const Reason& reason) {
        return std::ranges::all_of(reason.parts, [](const ReasonPart& part) { return part.text.empty(); });
    });
    return reasons;
}

std::string plainText(const std::vector<Reason>& reasons) {
    std::string text;
    for (const Reason& reason : reasons) {
        text += reason.heading;
        for (const ReasonPart& part : reason.parts) text += part.text;
        text += "\n";
    }
    return text;
}

}  // namespace discern
