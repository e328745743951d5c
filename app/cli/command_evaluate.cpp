#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <memory>

#include "app/cli/command.h"
#include "app/cli/compute_options.h"
#include "app/cli/inputs.h"
#include "app/cli/metric_options.h"
#include "core/choose/evaluation_board.h"
#include "core/choose/figure_words.h"
#include "core/choose/presets.h"
#include "core/choose/report/choice_folder.h"
#include "core/evaluate/class_matching.h"
#include "core/evaluate/evaluation_record.h"
#include "core/evaluate/evaluator.h"
#include "core/evaluate/labelled_set.h"
#include "core/explain/given_parameters.h"
#include "core/store/files.h"
#include "core/store/workspace.h"

namespace discern {

namespace {

using nlohmann::json;

struct Options {
    Inputs inputs;
    ComputeOptions compute;
    std::filesystem::path dataset;
    std::filesystem::path masks;
    std::filesystem::path mapping;
    std::filesystem::path workspace;
    std::filesystem::path out;
    std::vector<std::string> methods;
    std::vector<std::string> metrics;
    std::vector<std::string> parameters;
    std::string preset = weightPresets().front().name;
    std::size_t sample = EvaluationRequest{}.sample;
    std::uint64_t seed = 0;
    bool noBaselines = false;
    bool noCost = false;
};

/// Each once, with its own settings.
void choose(const Options& options, EvaluationRequest& request) {
    std::vector<ParameterOwner> owners;
    for (const std::string& name : options.methods) {
        owners.push_back({findMethod(name).name, &findMethod(name).parameters});
    }
    for (const std::string& name : options.metrics) {
        owners.push_back(ownerOf(findTrustMetric(name)));
    }
    const GivenParameters given(options.parameters, owners);
    const auto add = [&](std::vector<Chosen>& chosen, const ParameterOwner& owner) {
        if (std::ranges::find(chosen, owner.name, &Chosen::name) == chosen.end()) {
            chosen.push_back({owner.name, given.of(owner)});
        }
    };
    for (std::size_t i = 0; i < owners.size(); ++i) {
        add(i < options.methods.size() ? request.methods : request.metrics, owners[i]);
    }
}

EvaluationRequest requestOf(const Options& options, Console& console, json& failures) {
    EvaluationRequest request;
    request.masks = options.masks;
    request.sample = options.sample;
    request.baselines = !options.noBaselines;
    request.cost = !options.noCost;
    request.seed = options.seed;
    request.compute = options.compute.chosen();
    choose(options, request);
    if (!options.mapping.empty()) {
        request.mapping = readMapping(options.mapping);
    }
    request.set = readLabelledSet(options.dataset, options.masks);
    for (const NamedModel& model : options.inputs.loadModels(console, failures)) {
        request.models.push_back(model.model);
    }
    return request;
}

/// What the command's options name.
std::vector<std::string> foldersOf(const Options& options) {
    std::vector<std::string> folders;
    std::vector<std::filesystem::path> files = options.inputs.files();
    for (const auto& file : {options.dataset, options.masks, options.mapping, options.workspace, options.out}) files.push_back(file);
    for (const std::filesystem::path& file : files) folders.push_back(file.parent_path().string());
    return folders;
}

/// Ranks by the preset's weights and writes all that came of it.
json write(const Options& options, const EvaluationRequest& request, const Evaluation& evaluation, const json& failures, Console& console) {
    console.begin("ranking");
    const Ranker ranker(std::make_shared<const Board>(boardOf(evaluation, drawsFor(evaluation), options.seed, console)));
    const std::vector<double> weights = weightsOf(findWeightPreset(options.preset), ranker.board().criteria);
    ChoiceReport report{evaluation, ranker, weights};
    report.state.preset = options.preset;
    report.command = console.command;
    report.folders = foldersOf(options);
    for (const auto& model : request.models) addCard(report, *model);
    console.begin("scoring");
    return writeChoiceFolder(options.out, report, failures.empty() ? json::object() : json{{"failures", failures}}, console);
}

std::string shown(const json& number, double times = 1.0) {
    return number.is_number() ? fmt::format("{:.1f}", times * number.get<double>()) : "-";
}

void print(const json& record, Console& console) {
    const bool several = record["several_labels"].get<bool>();
    const char* first = several ? "average_precision_macro" : "accuracy";
    const char* second = several ? "f1_macro" : "balanced_accuracy";
    console.print(several ? "  mean AP %        F1 %         AUC %   first in draws  model"
                          : "  accuracy %       balanced %   AUC %   first in draws  model");
    for (const json& ranked : record["ranking"]) {
        const auto model = std::ranges::find_if(record["models"], [&](const json& of) { return of["name"] == ranked["model"]; });
        const json& scores = (*model)["scores"];
        const json& score = scores[first];
        console.print(fmt::format("  {:>5} ({:>5} to {:>5})  {:>5}  {:>6}  {:>12} %  {}", shown(score["value"], 100),
                                  shown(score["low"], 100), shown(score["high"], 100), shown(scores[second]["value"], 100),
                                  shown(scores["auc_macro"]["value"], 100), shown(ranked["first_in_draws"], 100),
                                  ranked["model"].get<std::string>()));
    }
    console.print();
    console.print(record["reasons"].get<std::string>());
    if (!record["excluded"].empty()) {
        console.print(countWords(record["excluded"].size(), "file counts", "files count") +
                      " nowhere; evaluation.json lists them with the reasons.");
    }
}

void run(const Options& options, Console& console) {
    static_cast<void>(findWeightPreset(options.preset));
    json failures = json::array();
    const EvaluationRequest request = requestOf(options, console, failures);
    if (request.models.empty()) {
        return;
    }
    makeFolder(options.out);
    const std::unique_ptr<Workspace> workspace = options.workspace.empty() ? nullptr : Workspace::open(options.workspace);
    console.begin("evaluating");
    const Evaluation evaluation = evaluate(request, workspace.get(), console);
    const json record = write(options, request, evaluation, failures, console);
    for (const ModelEvaluation& model : evaluation.models) {
        for (const std::string& note : model.notes) {
            console.remark(model.name + ": " + note);
        }
    }
    print(record, console);
    console.printJson(record);
}

CommandRun declare(CLI::App& app) {
    const auto options = std::make_shared<Options>();
    options->inputs.declareModels(app);
    app.add_option("--dataset", options->dataset, "A folder with a sub-folder a class, or a CSV file with the columns file,label (or file,labels: several an image)")
        ->required();
    app.add_option("--masks", options->masks,
                   "A folder with the images' names in which masks mark where the evidence is; where missing, NAME.mask.png beside an "
                   "image counts");
    app.add_option("--mapping", options->mapping, R"(A JSON file {"label of the set": "class of the model"})");
    app.add_option("--method", options->methods, "A method that explains a sample of the images; may be repeated");
    app.add_option("--metric", options->metrics, "A trust metric that measures these explanations; may be repeated");
    app.add_option("--param", options->parameters,
                   "A setting key=value for every method and metric that knows it, or NAME.key=value");
    app.add_option("--sample", options->sample, "How many images are explained")->capture_default_str();
    app.add_flag("--no-baselines", options->noBaselines, "Do not measure maps that know nothing of the model");
    app.add_flag("--no-cost", options->noCost, "Do not time the models");
    app.add_option("--preset", options->preset, "By what models are ranked")->capture_default_str();
    app.add_option("--seed", options->seed, "Seed of everything random")->capture_default_str();
    app.add_option("--workspace", options->workspace,
                   "A file NAME.discern that keeps results as they come: the same call goes on where it was stopped");
    options->compute.declare(app);
    app.add_option("--out", options->out, "The folder that receives report.html, evaluation.json and predictions.csv")->required();
    return [options](Console& console) { run(*options, console); };
}

}  // namespace

Command evaluateCommand() { return {"evaluate", "Score, explain and rank models on a labelled folder", &declare}; }

}  // namespace discern
