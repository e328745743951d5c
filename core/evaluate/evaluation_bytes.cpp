#include "core/evaluate/evaluation_bytes.h"

#include <cstring>
#include <nlohmann/json.hpp>

namespace discern {

// Fields of these go by their names: what is stored and what is read cannot come apart.
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(LabelledImage, file, label, mask, digest)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ExcludedFile, file, why)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(LabelledSet, folder, labels, images, excluded)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(TrustFigure, image, method, metric, value, undefined, baselines)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(EvaluatedCost, parameters, macs, depth, bytes, peakBytes, latencyMs, latencyP95Ms, imagesPerSecond,
                                   batch, trainingSeconds, trainingBytes, publishedGpuHours, notes)

namespace {

using nlohmann::json;

constexpr int kVersion = 1;

json recordOf(const Answers& answers) {
    const cv::Mat whole = answers.probabilities.isContinuous() ? answers.probabilities : answers.probabilities.clone();
    const auto* first = reinterpret_cast<const std::uint8_t*>(whole.data);
    std::vector<std::uint8_t> values(first, first + whole.total() * sizeof(double));
    json record = {{"classes", answers.classes}, {"known", answers.known}, {"truth", answers.truth}, {"probabilities", json::binary(std::move(values))}};
    if (!answers.several()) return record;
    const cv::Mat labels = answers.labels.isContinuous() ? answers.labels : answers.labels.clone();
    record["labels"] = json::binary(std::vector<std::uint8_t>(labels.data, labels.data + labels.total()));
    record["threshold"] = answers.threshold;
    return record;
}

/// Throws std::out_of_range where a place leads nowhere.
void require(bool whole) {
    if (!whole) throw std::out_of_range("evaluation");
}

void takeLabels(const json& record, Answers& answers) {
    const auto& labels = record.at("labels").get_binary();
    record.at("threshold").get_to(answers.threshold);
    const std::size_t classes = answers.classes.size();
    require(answers.truth.empty() && classes > 0 && !labels.empty() && labels.size() % classes == 0);
    answers.labels = cv::Mat(static_cast<int>(labels.size() / classes), static_cast<int>(classes), CV_8UC1);
    std::memcpy(answers.labels.data, labels.data(), labels.size());
}

Answers answersOf(const json& record) {
    Answers answers;
    record.at("classes").get_to(answers.classes);
    record.at("known").get_to(answers.known);
    record.at("truth").get_to(answers.truth);
    if (record.contains("labels")) takeLabels(record, answers);
    const auto& values = record.at("probabilities").get_binary();
    require(answers.known <= answers.classes.size() && values.size() == answers.images() * answers.known * sizeof(double));
    answers.probabilities = cv::Mat(static_cast<int>(answers.images()), static_cast<int>(answers.known), CV_64FC1);
    if (!values.empty()) std::memcpy(answers.probabilities.data, values.data(), values.size());
    for (const int truth : answers.truth) require(truth >= 0 && static_cast<std::size_t>(truth) < answers.classes.size());
    return answers;
}

json recordOf(const ModelEvaluation& model) {
    return {{"name", model.name},       {"digest", model.digest}, {"answers", recordOf(model.answers)}, {"images", model.images},
            {"matched", model.matched}, {"trust", model.trust},   {"cost", model.cost},                 {"notes", model.notes},
            {"columns", model.columns}};
}

ModelEvaluation modelOf(const json& record, std::size_t images) {
    ModelEvaluation model;
    record.at("name").get_to(model.name);
    record.at("digest").get_to(model.digest);
    model.answers = answersOf(record.at("answers"));
    record.at("images").get_to(model.images);
    record.at("matched").get_to(model.matched);
    record.at("trust").get_to(model.trust);
    record.at("cost").get_to(model.cost);
    record.at("notes").get_to(model.notes);
    if (record.contains("columns")) record.at("columns").get_to(model.columns);
    require(model.images.size() == model.answers.images());
    for (std::size_t i = 0; i < model.images.size(); ++i)
        require(model.images[i] < images && (i == 0 || model.images[i - 1] < model.images[i]));
    for (const TrustFigure& figure : model.trust) require(figure.image < images);
    return model;
}

}  // namespace

std::string toBytes(const Evaluation& evaluation) {
    json models = json::array();
    for (const ModelEvaluation& model : evaluation.models) models.push_back(recordOf(model));
    const json record = {{"version", kVersion},       {"set", evaluation.set},         {"models", std::move(models)},
                         {"seed", evaluation.seed},   {"sampled", evaluation.sampled}, {"device", evaluation.device},
                         {"threads", evaluation.threads}, {"precision", evaluation.precision}, {"several", evaluation.set.several}};
    std::string bytes;
    json::to_cbor(record, bytes);
    return bytes;
}

std::optional<Evaluation> evaluationOf(std::string_view bytes) {
    try {
        const json record = json::from_cbor(bytes);
        require(record.at("version").get<int>() == kVersion);
        Evaluation evaluation;
        record.at("set").get_to(evaluation.set);
        evaluation.set.several = record.value("several", false);
        for (const json& model : record.at("models")) evaluation.models.push_back(modelOf(model, evaluation.set.images.size()));
        record.at("seed").get_to(evaluation.seed);
        record.at("sampled").get_to(evaluation.sampled);
        record.at("device").get_to(evaluation.device);
        record.at("precision").get_to(evaluation.precision);
        record.at("threads").get_to(evaluation.threads);
        return evaluation;
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

}  // namespace discern
