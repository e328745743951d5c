#include "app/cli/explain_options.h"

#include <algorithm>

namespace discern {

void ExplainOptions::declare(CLI::App& app) {
    inputs_.declare(app);
    app.add_option("--method", methods_, "A method that 'discern-cli methods' lists; may be repeated")->required();
    app.add_option("--target", target_,
                   "The class to explain, by index or label; each model's own top-1 where missing");
    app.add_option("--versus", versus_, "Explain the difference to this class");
    app.add_option("--score", score_, "What is explained of the class")
        ->check(CLI::IsMember({"default", "logit", "probability"}))
        ->capture_default_str();
    app.add_option("--layer", layer_, "The layer for methods that use one, as 'discern-cli model' names it")
        ->capture_default_str();
    metrics_.declare(app, false);
    app.add_option("--param", parameters_,
                   "A setting key=value for every method and metric that knows it, or NAME.key=value");
    app.add_option("--seed", seed_, "Seed of everything random")->capture_default_str();
    compute_.declare(app);
    app.add_option("--out", out_, "The folder that receives the results")->required();
    app.add_flag("--full-paths", fullPaths_, "Write whole paths into records and reports, not file names alone");
}

std::string ExplainOptions::told(const std::string& text) const {
    std::vector<std::filesystem::path> files = inputs_.files();
    files.push_back(out_ / "");
    files.insert(files.end(), metrics_.masks().begin(), metrics_.masks().end());
    for (const std::string& parameter : parameters_) {
        files.emplace_back(parameter.substr(parameter.find('=') + 1));
    }
    return toldAs(text, files, paths());
}

std::vector<const Method*> ExplainOptions::chosenMethods() const {
    std::vector<const Method*> chosen;
    for (const std::string& name : methods_) {
        const Method* method = &findMethod(name);
        if (std::ranges::find(chosen, method) == chosen.end()) {
            chosen.push_back(method);
        }
    }
    return chosen;
}

void ExplainOptions::check() const {
    static_cast<void>(parameters());
    metrics_.check(inputs_.images());
}

GivenParameters ExplainOptions::parameters() const {
    std::vector<ParameterOwner> owners;
    for (const Method* method : chosenMethods()) {
        owners.push_back({method->name, &method->parameters});
    }
    for (const TrustMetric* metric : metrics_.chosen()) {
        owners.push_back(ownerOf(*metric));
    }
    return {parameters_, owners};
}

std::map<std::string, std::string> ExplainOptions::parametersOf(const TrustMetric& metric) const {
    return parameters().of(ownerOf(metric));
}

std::filesystem::path ExplainOptions::maskOf(const Picture& picture) const {
    const std::vector<std::filesystem::path> images = inputs_.images();
    const auto place = std::ranges::find(images, picture.path) - images.begin();
    return metrics_.maskOf(static_cast<std::size_t>(place), picture.path);
}

Target ExplainOptions::targetFor(const Model& model) const {
    Target target;
    target.classIndex = target_ ? findClass(model, *target_) : -1;
    target.versus = versus_ ? findClass(model, *versus_) : -1;
    if (score_ != "default") {
        target.score = score_ == "logit" ? ScoreKind::Logit : ScoreKind::Probability;
    }
    return target;
}

ExplainRequest ExplainOptions::request(const NamedModel& model, const NamedPicture& picture,
                                       const Method& method) const {
    ExplainRequest request;
    request.model = model.model;
    request.picture = picture.picture;
    request.method = method.name;
    request.targets = {targetFor(*model.model)};
    request.parameters = parameters().of(method);
    request.layer = layer_;
    request.seed = seed_;
    request.compute = compute_.chosen();
    return request;
}

void ExplainOptions::run(const NamedPicture& picture, const std::vector<NamedModel>& models, Console& console,
                         const std::function<void(const Explained&)>& done,
                         const std::function<void(const NotExplained&)>& failed) const {
    for (const NamedModel& model : models) {
        const std::string task = picture.picture->name + ", " + model.model->name();
        Prediction prediction;
        console.begin(task);
        console.checkpoint();
        const std::string noPrediction =
            console.attempt([&] { prediction = model.model->predict(*picture.picture, compute()); });
        if (!noPrediction.empty()) {
            failed({model, picture, {}, noPrediction});
            continue;
        }
        for (const Method* method : chosenMethods()) {
            console.begin(task + ", " + method->title);
            console.checkpoint();
            const std::string error = console.attempt([&] {
                const ExplainRequest asked = request(model, picture, *method);
                const std::vector<Attribution> attributions = explain(asked, console);
                done({model, picture, *method, asked, prediction, attributions.front()});
            });
            if (!error.empty()) {
                failed({model, picture, method->name, error});
            }
        }
    }
}

}  // namespace discern
