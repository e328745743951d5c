#include "core/choose/ranking.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/choose/figure_words.h"
#include "core/error.h"

namespace discern {

namespace {

constexpr double kLeastShare = 0.2;  // of the largest value, by which models must differ to lie a whole scale apart

/// Utilities lie about 0..1; those that agree to nine decimals are equal. Rounded, so that equals of equals are equal.
double rounded(double utility) { return std::round(utility * 1e9); }

}  // namespace

Ranker::Ranker(std::shared_ptr<const Board> board) : board_(std::move(board)) {
    const std::size_t models = board_->models.size();
    for (std::size_t c = 0; c < board_->criteria.size(); ++c) {
        const Scale scale = scaleOf(c);
        const auto place = [&](double value) { return scale.span == 0.0 ? 0.5 : (value - scale.zero) / scale.span; };
        std::vector<double> values(models, 0.0);
        std::vector<std::vector<float>> draws(models);
        for (std::size_t m = 0; m < models; ++m) {
            const BoardValue& value = board_->models[m].values[c];
            if (!std::isfinite(value.value)) continue;
            values[m] = place(value.value);
            if (value.draws.size() != board_->draws || scale.span == 0.0) continue;
            for (const float draw : value.draws)
                draws[m].push_back(
                    static_cast<float>(std::isfinite(draw) ? place(static_cast<double>(draw)) : values[m]));
        }
        // What counts as the worst does so in every draw, however badly others are drawn.
        float worst = 0.0F;
        for (const std::vector<float>& drawn : draws)
            for (const float draw : drawn) worst = std::min(worst, draw);
        for (std::size_t m = 0; m < models && worst < 0.0F; ++m)
            if (!std::isfinite(board_->models[m].values[c].value)) draws[m].assign(board_->draws, worst);
        scaled_.push_back(std::move(values));
        draws_.push_back(std::move(draws));
    }
}

Ranker::Scale Ranker::scaleOf(std::size_t criterion) const {
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    double widths = 0.0;
    double count = 0.0;
    for (const BoardModel& model : board_->models) {
        const BoardValue& value = model.values[criterion];
        if (!std::isfinite(value.value)) continue;
        low = std::min(low, value.value);
        high = std::max(high, value.value);
        if (std::isfinite(value.low) && std::isfinite(value.high)) widths += value.high - value.low;
        count += 1.0;
    }
    if (count == 0.0) return {};
    double span = std::max(high - low, widths / count);
    // What is timed or counted has no interval, but the next run may turn round what hardly differs.
    const CriterionGroup group = board_->criteria[criterion].group;
    const bool counted = group == CriterionGroup::Complexity || group == CriterionGroup::Cost;
    if (counted && high > low) span = std::max(span, kLeastShare * std::max(std::abs(low), std::abs(high)));
    const double middle = 0.5 * (low + high);
    return board_->criteria[criterion].higherIsBetter ? Scale{middle - 0.5 * span, span}
                                                      : Scale{middle + 0.5 * span, -span};
}

std::vector<std::string> Ranker::notes(const std::vector<double>& weights) const {
    std::vector<std::string> sentences;
    std::vector<std::string> constant;
    for (std::size_t c = 0; c < weights.size(); ++c) {
        if (!(weights[c] > 0.0)) continue;
        std::vector<std::string> missing;
        for (const BoardModel& model : board_->models)
            if (!std::isfinite(model.values[c].value)) missing.push_back(model.name);
        const std::string& title = board_->criteria[c].title;
        if (missing.size() == board_->models.size())
            sentences.push_back("No model has a value of " + title + ", so it decides nothing.");
        else if (!missing.empty())
            sentences.push_back(listWords(missing) + (missing.size() == 1 ? " has" : " have") + " no value of " +
                                title + ", which counts as the worst.");
        else if (std::ranges::all_of(scaled_[c], [&](double v) { return v == scaled_[c][0]; }))
            constant.push_back(title);
    }
    if (!constant.empty() && board_->models.size() > 1)
        sentences.push_back("All models are alike in " + listWords(constant) + ".");
    return sentences;
}

std::vector<double> Ranker::firstInDraws(const std::vector<double>& weights) const {
    const std::size_t models = board_->models.size();
    const std::size_t draws = std::max<std::size_t>(1, board_->draws);
    std::vector<float> best(draws, -std::numeric_limits<float>::infinity());
    std::vector<std::vector<float>> utilities(models, std::vector<float>(draws, 0.0F));
    for (std::size_t m = 0; m < models; ++m) {
        std::vector<float>& own = utilities[m];
        for (std::size_t c = 0; c < weights.size(); ++c) {
            if (!(weights[c] > 0.0)) continue;
            const auto weight = static_cast<float>(weights[c]);
            const std::vector<float>& drawn = draws_[c][m];
            const auto fixed = weight * static_cast<float>(scaled_[c][m]);
            if (drawn.empty())
                for (float& utility : own) utility += fixed;
            else
                for (std::size_t d = 0; d < draws; ++d) own[d] += weight * drawn[d];
        }
        for (std::size_t d = 0; d < draws; ++d) best[d] = std::max(best[d], own[d]);
    }
    // Rounding to float must not split equals.
    const float equal = 1e-5F * static_cast<float>(std::accumulate(weights.begin(), weights.end(), 0.0));
    std::vector<int> sharing(draws, 0);
    for (const std::vector<float>& own : utilities)
        for (std::size_t d = 0; d < draws; ++d) sharing[d] += own[d] >= best[d] - equal;
    std::vector<double> shares(models, 0.0);
    for (std::size_t m = 0; m < models; ++m) {
        for (std::size_t d = 0; d < draws; ++d)
            if (utilities[m][d] >= best[d] - equal) shares[m] += 1.0 / sharing[d];
        shares[m] /= static_cast<double>(draws);
    }
    return shares;
}

Ranking Ranker::rank(const std::vector<double>& weights) const {
    if (weights.size() != board_->criteria.size())
        throw Error(ErrorKind::Usage, "There are " + std::to_string(board_->criteria.size()) + " criteria but " +
                                          std::to_string(weights.size()) + " weights. Give one weight a criterion.");
    if (!std::ranges::all_of(weights, [](double w) { return w >= 0.0 && w <= kHighestWeight; }))
        throw Error(ErrorKind::Usage, "A weight lies between 0 and 5.");
    Ranking ranking;
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    const std::vector<double> shares = firstInDraws(weights);
    for (std::size_t m = 0; m < board_->models.size(); ++m) {
        Ranked ranked{.model = m, .firstInDraws = shares[m]};
        for (std::size_t c = 0; c < weights.size(); ++c)
            if (weights[c] > 0.0) ranked.utility += weights[c] / sum * scaled_[c][m];
        ranking.order.push_back(ranked);
    }
    const auto before = [&](const Ranked& a, const Ranked& b) {
        if (rounded(a.utility) != rounded(b.utility)) return a.utility > b.utility;
        return board_->models[a.model].name < board_->models[b.model].name;
    };
    std::ranges::stable_sort(ranking.order, before);
    for (std::size_t i = 1; i < ranking.order.size(); ++i) {
        const bool equal = rounded(ranking.order[i].utility) == rounded(ranking.order[i - 1].utility);
        ranking.order[i].rank = equal ? ranking.order[i - 1].rank : static_cast<int>(i) + 1;
    }
    ranking.decided = !ranking.order.empty() && (ranking.order.size() == 1 || ranking.order[1].rank > 1) && sum > 0.0;
    ranking.notes = notes(weights);
    return ranking;
}

}  // namespace discern
