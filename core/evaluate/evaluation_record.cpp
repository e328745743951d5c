#include "core/evaluate/evaluation_record.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "core/evaluate/answers_to.h"
#include "core/evaluate/bootstrap.h"
#include "core/evaluate/calibration.h"
#include "core/evaluate/class_figures.h"
#include "core/evaluate/curves.h"
#include "core/evaluate/several_labels.h"
#include "core/evaluate/mcnemar.h"
#include "core/evaluate/score.h"
#include "core/measure/metric_words.h"
#include "core/measure/trust_metric.h"
#include "core/record/measurement_record.h"
#include "core/text/csv.h"

namespace discern {
namespace {

using nlohmann::json;

using Draws = std::vector<std::vector<double>>;

constexpr std::size_t kMostDraws = 2000;
constexpr std::size_t kFewestDraws = 200;

json intervalRecord(const Interval& interval) {
    return {{"value", numberOrNull(interval.value)}, {"low", numberOrNull(interval.low)}, {"high", numberOrNull(interval.high)}};
}

/// Every score, of the images that `counts` has.
json scoresRecord(const Labelled& labelled, const std::vector<double>& counts, const Draws& draws, Progress& progress) {
    json record = json::object();
    for (const Score& score : scoresOf(labelled.several())) {
        progress.checkpoint();
        const auto value = [&](std::span<const double> weights) {
            std::vector<double> counted(weights.begin(), weights.end());
            for (std::size_t i = 0; i < counted.size(); ++i) counted[i] *= counts[i];
            return score.of(labelled, counted);
        };
        record[score.name] = intervalRecord(bootstrapInterval(value, labelled.images(), draws));
    }
    return record;
}

/// What each label has beside, whose images are not those of one class.
void addLabelFigures(const Labelled& labelled, json& record) {
    const std::vector<double> all = equalWeights(labelled);
    const std::vector<LabelCounts> counts = labelCounts(labelled, all);
    for (std::size_t c = 0; c < counts.size(); ++c) {
        const bool known = c < labelled.known();
        record[c]["average_precision"] = numberOrNull(known ? averagePrecision(labelled, static_cast<int>(c), all) : std::nan(""));
        record[c]["confusion"] = {{"true_positive", counts[c].found},
                                  {"false_negative", counts[c].missed},
                                  {"false_positive", counts[c].falselyGiven},
                                  {"true_negative", counts[c].rightlyNot}};
    }
}

json classesRecord(const Labelled& labelled) {
    const std::vector<double> all = equalWeights(labelled);
    const std::vector<ClassFigures> figures = classFigures(labelled, all);
    json record = json::array();
    for (std::size_t c = 0; c < figures.size(); ++c) {
        const bool known = c < labelled.known();
        const double auc = known ? rocAuc(labelled, static_cast<int>(c), all) : std::nan("");
        record.push_back({{"class", labelled.answers().classes[c]},
                          {"known", known},
                          {"support", figures[c].support},
                          {"precision", numberOrNull(figures[c].precision)},
                          {"recall", numberOrNull(figures[c].recall)},
                          {"specificity", numberOrNull(figures[c].specificity)},
                          {"f1", numberOrNull(figures[c].f1)},
                          {"auc", numberOrNull(auc)}});
    }
    if (labelled.several()) addLabelFigures(labelled, record);
    return record;
}

json confusionRecord(const Labelled& labelled) {
    const cv::Mat counts = confusion(labelled, equalWeights(labelled));
    json rows = json::array();
    for (int truth = 0; truth < counts.rows; ++truth)
        rows.push_back(std::vector<double>(counts.ptr<double>(truth), counts.ptr<double>(truth) + counts.cols));
    return rows;
}

json calibrationRecord(const Labelled& labelled) {
    const std::vector<double> all = equalWeights(labelled);
    json bins = json::array();
    for (const ReliabilityBin& bin : reliability(labelled, all))
        bins.push_back({{"low", bin.low},
                        {"high", bin.high},
                        {"images", bin.images},
                        {"confidence", numberOrNull(bin.confidence)},
                        {"accuracy", numberOrNull(bin.accuracy)}});
    return {{"temperature", numberOrNull(temperature(labelled, all))}, {"reliability", bins}};
}

json costRecord(const EvaluatedCost& cost) {
    return {{"parameters", numberOrNull(cost.parameters)},
            {"macs", numberOrNull(cost.macs)},
            {"depth", numberOrNull(cost.depth)},
            {"bytes", numberOrNull(cost.bytes)},
            {"latency_ms", numberOrNull(cost.latencyMs)},
            {"latency_p95_ms", numberOrNull(cost.latencyP95Ms)},
            {"images_per_second", numberOrNull(cost.imagesPerSecond)},
            {"batch", cost.batch},
            {"peak_bytes", numberOrNull(cost.peakBytes)},
            {"training_peak_bytes", numberOrNull(cost.trainingBytes)},
            {"training_seconds_per_1000_images", numberOrNull(cost.trainingSeconds)},
            {"published_gpu_hours", numberOrNull(cost.publishedGpuHours)},
            {"notes", cost.notes}};
}

/// The figures of one method and metric, an image each.
json trustRecordOf(const std::vector<const TrustFigure*>& figures, std::uint64_t seed) {
    std::vector<double> values;
    std::map<std::string, std::vector<double>> baselines;
    std::map<std::string, int> undefined;
    for (const TrustFigure* figure : figures) {
        if (std::isfinite(figure->value)) values.push_back(figure->value);
        else ++undefined[figure->undefined];
        for (const auto& [name, value] : figure->baselines)
            if (std::isfinite(value)) baselines[name].push_back(value);
    }
    const auto mean = [](const std::vector<double>& of, std::span<const double> weights) {
        double sum = 0.0;
        double count = 0.0;
        for (std::size_t i = 0; i < of.size(); ++i) sum += weights[i] * of[i], count += weights[i];
        return count > 0.0 ? sum / count : std::nan("");
    };
    json record = intervalRecord(bootstrapInterval([&](std::span<const double> weights) { return mean(values, weights); }, values.size(),
                                                   bootstrapDraws(values.size(), kMostDraws, seed)));
    record["images"] = values.size();
    record["better"] = word(findTrustMetric(figures.front()->metric).better);
    record["undefined"] = undefined;
    for (const auto& [name, of] : baselines) record["baselines"][name] = numberOrNull(mean(of, std::vector<double>(of.size(), 1.0)));
    return record;
}

json trustRecord(const ModelEvaluation& model, std::uint64_t seed) {
    std::map<std::string, std::map<std::string, std::vector<const TrustFigure*>>> sorted;
    for (const TrustFigure& figure : model.trust) sorted[figure.method][figure.metric].push_back(&figure);
    json record = json::object();
    for (const auto& [method, metrics] : sorted)
        for (const auto& [metric, figures] : metrics) record[method][metric] = trustRecordOf(figures, seed);
    return record;
}

/// Classes of which the set holds no image: macro means leave them out.
std::vector<std::string> absentClasses(const Labelled& labelled) {
    std::vector<std::string> absent;
    const std::vector<ClassFigures> figures = classFigures(labelled, equalWeights(labelled));
    for (std::size_t c = 0; c < labelled.known(); ++c)
        if (figures[c].support == 0.0) absent.push_back(labelled.answers().classes[c]);
    return absent;
}

/// Of a model that answered nothing: every score is there, and undefined.
json undefinedScores(bool several) {
    json record = json::object();
    const double none = std::nan("");
    for (const Score& score : scoresOf(several)) record[score.name] = intervalRecord({none, none, none});
    return record;
}

json modelRecord(const ModelEvaluation& model, bool several, std::size_t draws, std::uint64_t seed, Progress& progress) {
    json record = {{"name", model.name},
                   {"sha256", model.digest},
                   {"images", model.images.size()},
                   {"classes", model.answers.classes},
                   {"matched", model.matched},
                   {"absent_classes", json::array()},
                   {"notes", model.notes},
                   {"scores", undefinedScores(several)},
                   {"scores_known", undefinedScores(several)},
                   {"per_class", json::array()},
                   {"confusion", json::array()},
                   {"calibration", {{"temperature", nullptr}, {"reliability", json::array()}}},
                   {"cost", costRecord(model.cost)},
                   {"trust", trustRecord(model, seed)}};
    if (several) {
        record["threshold"] = model.answers.threshold;
        record["calibration"]["not_applicable"] = kNoCalibration;
    }
    if (model.images.empty()) return record;
    const Labelled labelled(model.answers);
    const Draws drawn = bootstrapDraws(model.images.size(), draws, seed);
    record["absent_classes"] = absentClasses(labelled);
    record["scores"] = scoresRecord(labelled, equalWeights(labelled), drawn, progress);
    record["per_class"] = classesRecord(labelled);
    if (several) {
        const Labelled known(withKnownLabels(model.answers));
        record["scores_known"] = scoresRecord(known, equalWeights(known), drawn, progress);
        return record;
    }
    record["scores_known"] = scoresRecord(labelled, knownWeights(labelled), drawn, progress);
    record["confusion"] = confusionRecord(labelled);
    record["calibration"] = calibrationRecord(labelled);
    return record;
}

/// Of the images that both answered.
McNemar testOf(const ModelEvaluation& first, const ModelEvaluation& second) {
    std::vector<std::size_t> both;
    std::ranges::set_intersection(first.images, second.images, std::back_inserter(both));
    return both.empty() ? McNemar{.p = std::nan("")} : mcnemar(answersTo(first, both), answersTo(second, both));
}

json pairsRecord(const Evaluation& evaluation) {
    json pairs = json::array();
    for (std::size_t a = 0; a < evaluation.models.size(); ++a)
        for (std::size_t b = a + 1; b < evaluation.models.size(); ++b) {
            const ModelEvaluation& first = evaluation.models[a];
            const ModelEvaluation& second = evaluation.models[b];
            const McNemar test = testOf(first, second);
            pairs.push_back({{"a", first.name},
                             {"b", second.name},
                             {"only_a_right", test.firstOnly},
                             {"only_b_right", test.secondOnly},
                             {"mcnemar_p", numberOrNull(test.p)}});
        }
    return pairs;
}

/// The most probable class, or the labels that are given.
std::string answerWords(const Answers& answers, const double* probabilities) {
    if (!answers.several()) return answers.classes[static_cast<std::size_t>(std::max_element(probabilities, probabilities + answers.known) - probabilities)];
    std::vector<std::string> given;
    for (std::size_t c = 0; c < answers.known; ++c)
        if (probabilities[c] >= answers.threshold) given.push_back(answers.classes[c]);
    return labelText(given);
}

}  // namespace

std::size_t drawsFor(const Evaluation& evaluation) {
    constexpr double kMostWork = 4e8;
    double work = 1.0;
    for (const ModelEvaluation& model : evaluation.models)
        work += static_cast<double>(model.images.size()) * (30.0 + static_cast<double>(model.answers.known));
    return std::clamp(static_cast<std::size_t>(kMostWork / work), kFewestDraws, kMostDraws);
}

json evaluationRecord(const Evaluation& evaluation, std::size_t draws, Progress& progress) {
    json models = json::array();
    for (std::size_t m = 0; m < evaluation.models.size(); ++m) {
        const ModelEvaluation& model = evaluation.models[m];
        progress.report(static_cast<double>(m) / static_cast<double>(evaluation.models.size()), "Scoring " + model.name);
        models.push_back(modelRecord(model, evaluation.set.several, draws, evaluation.seed, progress));
    }
    json excluded = json::array();
    for (const ExcludedFile& file : evaluation.set.excluded) excluded.push_back({{"file", file.file}, {"why", file.why}});
    return {{"classes", evaluation.set.labels},
            {"images", evaluation.set.images.size()},
            {"several_labels", evaluation.set.several},
            {"models", models},
            {"excluded", excluded},
            {"pairs", pairsRecord(evaluation)},
            {"explained_images", evaluation.sampled},
            {"bootstrap_draws", draws},
            {"seed", evaluation.seed},
            {"device", evaluation.device},
            {"precision", evaluation.precision},
            {"threads", evaluation.threads}};
}

std::string predictionsCsv(const Evaluation& evaluation) {
    std::vector<std::string> classes;
    for (const ModelEvaluation& model : evaluation.models)
        for (std::size_t c = 0; c < model.answers.known; ++c)
            if (std::ranges::find(classes, model.answers.classes[c]) == classes.end()) classes.push_back(model.answers.classes[c]);
    std::vector<std::string> heading = {"file", "truth", "model", "predicted"};
    for (const std::string& name : classes) heading.push_back(fmt::format("p_{}", name));
    std::string csv = csvLine(heading);
    for (const ModelEvaluation& model : evaluation.models) {
        std::map<std::string, std::size_t> column;
        for (std::size_t c = 0; c < model.answers.known; ++c) column.emplace(model.answers.classes[c], c);
        for (std::size_t row = 0; row < model.images.size(); ++row) {
            const LabelledImage& image = evaluation.set.images[model.images[row]];
            const double* p = model.answers.probabilities.ptr<double>(static_cast<int>(row));
            std::vector<std::string> values = {image.file, image.label, model.name, answerWords(model.answers, p)};
            for (const std::string& name : classes) {
                const auto found = column.find(name);
                values.push_back(found == column.end() ? std::string() : fmt::format("{:.9g}", p[found->second]));
            }
            csv += csvLine(values);
        }
    }
    return csv;
}

}  // namespace discern
