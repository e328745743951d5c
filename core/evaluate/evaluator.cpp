#include "core/evaluate/evaluator.h"

#include <spdlog/fmt/fmt.h>

#include <nlohmann/json.hpp>
#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>
#include <utility>

#include "core/error.h"
#include "core/evaluate/class_matching.h"
#include "core/evaluate/label_answers.h"
#include "core/evaluate/several_labels.h"
#include "core/evaluate/set_answers.h"
#include "core/evaluate/set_cost.h"
#include "core/evaluate/set_trust.h"
#include "core/explain/method.h"
#include "core/measure/trust_metric.h"
#include "core/model/model.h"
#include "core/store/workspace.h"

namespace discern {
namespace {

bool givesSeveral(const Model& model) {
    const OutputKind kind = model.conduct().output;
    return kind == OutputKind::MultilabelLogits || kind == OutputKind::MultilabelProbabilities;
}

void check(const EvaluationRequest& request) {
    if (request.models.empty()) throw Error(ErrorKind::Usage, "Choose at least one model to evaluate.");
    if (!request.metrics.empty() && request.methods.empty())
        throw Error(ErrorKind::Usage, "Trust metrics measure explanations: choose at least one method.");
    for (const Chosen& method : request.methods) static_cast<void>(findMethod(method.name));
    for (const Chosen& metric : request.metrics) static_cast<void>(findTrustMetric(metric.name));
    for (const auto& model : request.models)
        if (givesSeveral(*model) != givesSeveral(*request.models.front()))
            throw Error(ErrorKind::Model, fmt::format("{} gives each class a probability of its own, and {} chooses one class: their scores "
                                                      "cannot be compared. Evaluate them apart.",
                                                      (givesSeveral(*model) ? *model : *request.models.front()).name(),
                                                      (givesSeveral(*model) ? *request.models.front() : *model).name()));
}

/// The set as the models' answers can be scored on it. Throws Error(Input) where nothing is left of it.
LabelledSet scorableSet(const EvaluationRequest& request) {
    const bool several = givesSeveral(*request.models.front());
    LabelledSet set = several ? withSeveralLabels(request.set) : withOneLabel(request.set);
    if (set.images.empty())
        throw Error(ErrorKind::Input, fmt::format("No image of the set has exactly one label, and {} chooses one class. Open models that give "
                                                  "each class a probability of its own (the card's output multilabel-logits).",
                                                  request.models.front()->name()));
    if (set.labels.empty()) throw Error(ErrorKind::Input, "No image of the set has a label, so there is nothing to score.");
    return set;
}

std::vector<std::string> classesOf(const Model& model) {
    std::vector<std::string> classes;
    for (int c = 0; c < model.classCount(); ++c) classes.push_back(model.label(c));
    return classes;
}

/// What the models are called, each otherwise than those before it: "net", "net (2)".
std::vector<std::string> distinctNames(const EvaluationRequest& request) {
    std::vector<std::string> names;
    for (const auto& model : request.models) {
        std::string name = model->name();
        for (int number = 2; std::ranges::find(names, name) != names.end(); ++number) name = fmt::format("{} ({})", model->name(), number);
        names.push_back(std::move(name));
    }
    return names;
}

/// Why the model has no answers, or not to all images; empty where it has.
std::string silenceOf(const ModelEvaluation& of, const std::string& failed, std::size_t undefined) {
    if (!failed.empty()) return failed + " It has no scores.";
    if (undefined == 0) return "";
    if (of.images.empty()) return "It answers every image with NaN or infinity, so it has no scores.";
    return fmt::format("It answers {} of the images with NaN or infinity; they count nowhere.", undefined);
}

/// The part of the mapping that is about a model: its class may be another model's only, which is noted. What no model has
/// stays, so that it is refused.
std::map<std::string, std::string> mappingFor(const EvaluationRequest& request, std::size_t m, std::vector<std::string>& notes) {
    std::map<std::string, std::string> mapping = request.mapping;
    const std::vector<std::string> own = classesOf(*request.models[m]);
    std::erase_if(mapping, [&](const auto& entry) {
        const auto& [label, wanted] = entry;
        const bool others = !isClassOf(wanted, own) && std::ranges::any_of(request.models, [&](const auto& model) {
            return isClassOf(wanted, classesOf(*model));
        });
        if (others)
            notes.push_back(fmt::format("The mapping's class \"{}\" is another model's: the label \"{}\" is matched by its own name.", wanted, label));
        return others;
    });
    return mapping;
}

/// The answers of one model, an image a row, in the order of the set.
ModelEvaluation evaluationOf(const EvaluationRequest& request, std::size_t m, const SetAnswers& answers) {
    const Model& model = *request.models[m];
    ModelEvaluation of;
    of.digest = model.sha256();
    const std::map<std::string, std::string> mapping = mappingFor(request, m, of.notes);
    ClassMatching matching = matchClasses(request.set.labels, classesOf(model), mapping);
    of.matched = std::move(matching.matched);
    std::ranges::move(matching.notes, std::back_inserter(of.notes));
    of.answers.classes = std::move(matching.classes);
    of.answers.known = matching.known;
    const bool several = request.set.several;
    if (several) {
        of.answers.threshold = thresholdOf(model, of.notes);
        keepMatched(of, matching.of);
    }
    std::size_t undefined = 0;
    for (std::size_t i = 0; i < request.set.images.size(); ++i) {
        if (!answers.probabilities[m][i].empty()) of.images.push_back(i);
        else if (answers.unreadable[i].empty()) ++undefined;
    }
    if (const std::string why = silenceOf(of, answers.failed[m], undefined); !why.empty()) of.notes.push_back(why);
    if (several && of.columns.empty()) {
        of.images.clear();
        of.notes.push_back("None of the set's labels is a class of the model, so it has no scores; a mapping can say which class is meant.");
    }
    of.answers.probabilities = cv::Mat(static_cast<int>(of.images.size()), static_cast<int>(of.answers.known), CV_64FC1);
    for (std::size_t row = 0; row < of.images.size(); ++row) {
        const std::vector<float>& own = answers.probabilities[m][of.images[row]];
        double* kept = of.answers.probabilities.ptr<double>(static_cast<int>(row));
        for (std::size_t c = 0; c < of.answers.known; ++c) kept[c] = own[several ? static_cast<std::size_t>(of.columns[c]) : c];
    }
    setTruth(of, request.set, matching.of);
    return of;
}

/// Images that every model answered that answered any. Throws Error(Input) where none did.
std::vector<std::size_t> answeredByAll(const Evaluation& evaluation) {
    std::optional<std::vector<std::size_t>> common;
    for (const ModelEvaluation& model : evaluation.models) {
        if (model.images.empty()) continue;
        if (!common) common = model.images;
        std::erase_if(*common, [&](std::size_t image) { return !std::ranges::binary_search(model.images, image); });
    }
    if (common) return *common;
    std::string why;
    for (const ModelEvaluation& model : evaluation.models)
        if (!model.notes.empty()) why = fmt::format(" {}: {}", model.name, model.notes.back());
    if (why.empty() && !evaluation.set.excluded.empty())
        why = fmt::format(" {}: {}", evaluation.set.excluded.back().file, evaluation.set.excluded.back().why);
    throw Error(ErrorKind::Input, "No model has an answer to any image of the set." + why);
}

nlohmann::json recordOf(const EvaluatedCost& cost) {
    return {{"latency_ms", cost.latencyMs},
            {"latency_p95_ms", cost.latencyP95Ms},
            {"images_per_second", cost.imagesPerSecond},
            {"batch", cost.batch},
            {"peak_bytes", cost.peakBytes},
            {"training_seconds", cost.trainingSeconds},
            {"training_bytes", cost.trainingBytes},
            {"notes", cost.notes}};
}

/// What was timed is taken from the workspace too, so that a run that goes on does not time again.
EvaluatedCost timedCost(const EvaluationRequest& request, const Model& model, Workspace* workspace, Progress& progress) {
    const std::string key = fmt::format("{}/{}/{}/{}/{}", model.sha256(), model.cardSha256(), toString(request.compute.device),
                                        toString(request.compute.precision), threads());
    const auto kept = workspace && request.cost ? workspace->find("cost", key) : std::nullopt;
    const nlohmann::json known = kept ? nlohmann::json::parse(*kept, nullptr, false) : nlohmann::json();
    if (!known.is_object() || !known.contains("peak_bytes") || !known.value("notes", nlohmann::json()).is_array()) {
        EvaluatedCost cost = costOf(model, request.compute, request.cost, progress);
        if (workspace && request.cost) {
            workspace->keep("cost", key, recordOf(cost).dump());
            workspace->commit();
        }
        return cost;
    }
    const auto number = [&](const char* name) {
        const nlohmann::json value = known.value(name, nlohmann::json());
        return value.is_number() ? value.get<double>() : std::nan("");
    };
    EvaluatedCost cost = costOf(model, request.compute, false, progress);
    cost.latencyMs = number("latency_ms");
    cost.latencyP95Ms = number("latency_p95_ms");
    cost.imagesPerSecond = number("images_per_second");
    cost.batch = static_cast<int>(std::isfinite(number("batch")) ? number("batch") : 0.0);
    cost.peakBytes = number("peak_bytes");
    cost.trainingSeconds = number("training_seconds");
    cost.trainingBytes = number("training_bytes");
    for (const nlohmann::json& note : known["notes"])
        if (note.is_string()) cost.notes.push_back(note.get<std::string>());
    return cost;
}

/// How the parts of the work share the progress: images answered, images explained, models timed, by what they take.
struct Shares {
    double answered = 0.0;
    double explained = 0.0;

    explicit Shares(const EvaluationRequest& request, std::size_t sample) {
        const double models = static_cast<double>(request.models.size());
        const double answers = models * static_cast<double>(request.set.images.size());
        const double maps = models * static_cast<double>(sample * request.methods.size());
        const double trust = maps * 100.0 * (1.0 + static_cast<double>(request.metrics.size()));
        const double times = request.cost ? models * 500.0 : 0.0;
        const double all = answers + trust + times;
        answered = answers / all;
        explained = (answers + trust) / all;
    }
};

}  // namespace

Evaluation evaluate(const EvaluationRequest& asked, Workspace* workspace, Progress& progress) {
    EvaluationRequest request = asked;
    request.compute = resolve(asked.compute);
    check(request);
    request.set = scorableSet(request);
    const Shares shares(request, std::min(request.sample, request.set.images.size()));
    Evaluation evaluation;
    evaluation.set = request.set;
    evaluation.seed = request.seed;
    evaluation.device = describe(request.compute);
    evaluation.precision = toString(request.compute.precision);
    evaluation.threads = threads();
    PartProgress answering(progress, 0.0, shares.answered);
    const SetAnswers answers = answersToSet(request, workspace, answering);
    for (std::size_t i = 0; i < request.set.images.size(); ++i) {
        evaluation.set.images[i].digest = answers.digests[i];
        if (!answers.unreadable[i].empty()) evaluation.set.excluded.push_back({request.set.images[i].file, answers.unreadable[i]});
    }
    const std::vector<std::string> names = distinctNames(request);
    for (std::size_t m = 0; m < request.models.size(); ++m) {
        evaluation.models.push_back(evaluationOf(request, m, answers));
        evaluation.models.back().name = names[m];
    }
    const std::vector<std::size_t> common = answeredByAll(evaluation);
    if (!request.methods.empty() && !request.metrics.empty()) {
        const std::vector<std::size_t> sample = sampledImages(common, request.sample, request.seed);
        evaluation.sampled = sample.size();
        PartProgress explaining(progress, shares.answered, shares.explained);
        measureTrust(request, sample, workspace, evaluation, explaining);
    }
    for (std::size_t m = 0; m < request.models.size(); ++m) {
        const double step = (1.0 - shares.explained) / static_cast<double>(request.models.size());
        PartProgress timing(progress, shares.explained + step * static_cast<double>(m), shares.explained + step * static_cast<double>(m + 1));
        evaluation.models[m].cost = timedCost(request, *request.models[m], workspace, timing);
    }
    progress.report(1.0, "Evaluated");
    return evaluation;
}

}  // namespace discern
