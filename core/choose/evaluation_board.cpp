#include "core/choose/evaluation_board.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "core/choose/board_notes.h"
#include "core/choose/columns.h"
#include "core/choose/figure_words.h"
#include "core/evaluate/bootstrap.h"
#include "core/evaluate/mcnemar.h"

namespace discern {

void setDraws(BoardValue& value, std::vector<float> draws) {
    std::vector<double> defined;
    for (float& draw : draws) {
        if (std::isnan(draw))
            draw = static_cast<float>(value.value);
        else
            defined.push_back(draw);
    }
    value.low = quantile(defined, 0.025);
    value.high = quantile(defined, 0.975);
    value.draws = std::move(draws);
}

std::string inSentence(std::string title) {
    const bool named = title.starts_with("Brier");
    const bool word =
        title.size() > 1 && std::islower(static_cast<unsigned char>(title[1])) != 0 && !title.starts_with("IoU");
    if (word && !named) title[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(title[0])));
    return title;
}

namespace {

std::string lastFolder(std::string folder) {
    while (folder.size() > 1 && folder.back() == '/') folder.pop_back();
    return folder.substr(folder.find_last_of('/') + 1);
}

std::vector<std::string> measuredOn(const Evaluation& evaluation, const CommonImages& common, std::size_t draws) {
    const LabelledSet& set = evaluation.set;
    std::vector<std::string> lines = {lastFolder(set.folder) + ", " +
                                      countWords(common.images.size(), "image", "images") + ", " +
                                      (set.several ? countWords(set.labels.size(), "label", "labels") + ", several an image"
                                                   : countWords(set.labels.size(), "class", "classes"))};
    const auto masks = static_cast<std::size_t>(
        std::ranges::count_if(set.images, [](const LabelledImage& i) { return !i.mask.empty(); }));
    std::set<std::string> methods;
    for (const ModelEvaluation& model : evaluation.models)
        for (const TrustFigure& figure : model.trust) methods.insert(figure.method);
    std::string explained = masks > 0 ? "masks for " + countWords(masks, "image", "images") : "no masks";
    if (!methods.empty())
        explained += ", " + countWords(methods.size(), "method", "methods") + " on " +
                     countWords(evaluation.sampled, "image", "images");
    lines.push_back(explained);
    std::string how = "95 % intervals of " + countWords(draws, "bootstrap draw", "bootstrap draws");
    if (!evaluation.device.empty())
        how += ", " + evaluation.device + (evaluation.precision.empty() ? "" : ", " + evaluation.precision);
    lines.push_back(how);
    return lines;
}

std::vector<std::vector<double>> pairTests(const CommonImages& common) {
    const std::size_t count = common.answers.size();
    std::vector<std::vector<double>> p(count, std::vector<double>(count, std::numeric_limits<double>::quiet_NaN()));
    for (std::size_t a = 0; a < count; ++a)
        for (std::size_t b = a; b < count; ++b)
            if (common.answers[a] && common.answers[b])
                p[a][b] = p[b][a] = mcnemar(*common.answers[a], *common.answers[b]).p;
    return p;
}

}  // namespace

Board boardOf(const Evaluation& evaluation, std::size_t draws, std::uint64_t seed, Progress& progress) {
    const CommonImages common = commonImages(evaluation);
    const ImageDraws drawn = bootstrapDraws(common.images.size(), draws, seed);
    Board board;
    board.draws = draws;
    PartProgress scoring(progress, 0.0, 0.8);
    std::vector<BoardColumn> columns = scoreColumns(evaluation, common, drawn, scoring, board.notMeasured);
    PartProgress trusting(progress, 0.8, 1.0);
    std::ranges::move(trustColumns(evaluation, common, drawn, trusting, board.notMeasured),
                      std::back_inserter(columns));
    std::ranges::move(costColumns(evaluation, board.notMeasured), std::back_inserter(columns));
    for (const ModelEvaluation& model : evaluation.models) board.models.push_back({model.name, model.digest, {}});
    for (BoardColumn& column : columns) {
        board.criteria.push_back(std::move(column.criterion));
        for (std::size_t m = 0; m < board.models.size(); ++m)
            board.models[m].values.push_back(std::move(column.values[m]));
    }
    board.measuredOn = measuredOn(evaluation, common, draws);
    board.cautions = boardCautions(evaluation);
    board.notes = boardNotes(evaluation, common);
    board.mcnemar = pairTests(common);
    return board;
}

}  // namespace discern
