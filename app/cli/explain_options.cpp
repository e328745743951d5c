#include "app/cli/explain_options.h"

#include <algorithm>

namespace discern {

namespace {

/// A --param: for the methods that know it, or for one where it is written method.key=value.
struct GivenParameter {
    std::string method;
    std::string key;
    std::string value;
};

bool knows(const Method& method, const std::string& key) {
    return std::ranges::any_of(method.parameters, [&](const Parameter& known) { return known.name == key; });
}

GivenParameter parse(const std::string& text) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0) {
        throw Error(ErrorKind::Usage, "--param " + text + " is no key=value, such as samples=500 or lime.samples=500");
    }
    const std::string key = text.substr(0, equals);
    const std::size_t dot = key.find('.');
    const std::string value = text.substr(equals + 1);
    return dot == std::string::npos ? GivenParameter{{}, key, value}
                                    : GivenParameter{key.substr(0, dot), key.substr(dot + 1), value};
}

bool fits(const GivenParameter& given, const Method& method) {
    return given.method.empty() ? knows(method, given.key) : given.method == method.name;
}

}  // namespace

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
    app.add_option("--param", parameters_, "A setting key=value for every method that knows it, or method.key=value");
    app.add_option("--seed", seed_, "Seed of everything random")->capture_default_str();
    compute_.declare(app);
    app.add_option("--out", out_, "The folder that receives the results")->required();
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
    const std::vector<const Method*> chosen = chosenMethods();
    for (const std::string& text : parameters_) {
        const GivenParameter given = parse(text);
        if (std::ranges::none_of(chosen, [&](const Method* method) { return fits(given, *method); })) {
            throw Error(ErrorKind::Usage, "--param " + text +
                                              " fits none of the methods asked for; 'discern-cli methods' "
                                              "lists what each one takes");
        }
    }
    for (const Method* method : chosen) {
        static_cast<void>(Parameters(method->parameters, parametersOf(*method), method->name));
    }
}

std::map<std::string, std::string> ExplainOptions::parametersOf(const Method& method) const {
    std::map<std::string, std::string> values;
    for (const std::string& text : parameters_) {
        const GivenParameter given = parse(text);
        if (fits(given, method)) {
            values[given.key] = given.value;
        }
    }
    return values;
}

Target ExplainOptions::targetFor(const Model& model) const {
    Target target;
    target.classIndex = target_.empty() ? -1 : findClass(model, target_);
    target.versus = versus_.empty() ? -1 : findClass(model, versus_);
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
    request.parameters = parametersOf(method);
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
