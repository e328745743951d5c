#include "core/choose/choice_record.h"

#include "core/choose/galleries.h"
#include "core/choose/reasons.h"

namespace discern {

nlohmann::json choiceRecord(const Evaluation& evaluation, const Ranker& ranker,
                            const std::vector<double>& weights) {
    const Board& board = ranker.board();
    const Ranking ranking = ranker.rank(weights);
    nlohmann::json record = {{"ranking", nlohmann::json::array()}, {"weights", nlohmann::json::object()}};
    for (const Ranked& ranked : ranking.order)
        record["ranking"].push_back({{"model", board.models[ranked.model].name},
                                     {"rank", ranked.rank},
                                     {"utility", ranked.utility},
                                     {"first_in_draws", ranked.firstInDraws}});
    for (std::size_t c = 0; c < weights.size(); ++c)
        if (weights[c] > 0.0) record["weights"][board.criteria[c].name] = weights[c];
    record["reasons"] = plainText(reasonsOf(ranker, weights, ranking, shortcutWarnings(evaluation, board)));
    return record;
}

}  // namespace discern
