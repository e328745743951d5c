#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/explain/attribution.h"

namespace discern {

enum class ParameterKind { Integer, Real, Choice, Flag, Text, File };

/// One setting of a method, from which the panel, the command line, --help and the docs are made.
struct Parameter {
    std::string name{};  ///< as in --param name=value
    ParameterKind kind = ParameterKind::Text;
    std::string defaultValue{};
    std::string help{};  ///< one sentence
    double minimum = 0.0;
    double maximum = 0.0;
    std::vector<std::string> choices{};
    bool advanced = false;  ///< hidden in the panel until asked for (replay files, solver settings)
    /// Of a Text that may also name a file or folder: whether a value is one of its own words, which come first. Null
    /// where it names none.
    bool (*isWord)(const std::string& value) = nullptr;
    bool counts = false;  ///< of an Integer: it is how many pictures the network is to see
    /// Of a Text: why it does not take a value, in words that follow the value; empty where it does. Null where it takes
    /// any.
    std::string (*refusal)(const std::string& value) = nullptr;

    /// Whether a value of it names a file or folder, there or not.
    [[nodiscard]] bool namesFile(const std::string& value) const;
};

/// Why the parameter does not take the value, in a sentence that says what it takes; empty where it does. A file that is
/// named must be there.
[[nodiscard]] std::string whyRefused(const Parameter& parameter, const std::string& value);

/// The values of a method's parameters: every one set, every one valid. Asking for a name that the method does not
/// declare is a programming error (std::out_of_range).
class Parameters {
public:
    /// Defaults overridden by `given`. Throws Error(Usage) on unknown names, wrong types and values out of range.
    Parameters(const std::vector<Parameter>& specs, const std::map<std::string, std::string>& given,
               const std::string& method);

    [[nodiscard]] int integer(const std::string& name) const;
    [[nodiscard]] double real(const std::string& name) const;
    [[nodiscard]] bool flag(const std::string& name) const;
    [[nodiscard]] const std::string& text(const std::string& name) const;
    [[nodiscard]] const std::map<std::string, std::string>& all() const { return values_; }

private:
    std::map<std::string, std::string> values_;
};

enum class Family { Gradient, ActivationMap, Perturbation, Attention };

class Model;
struct LayerInfo;
struct Problem;
class Report;
using ExplainFunction = std::function<std::vector<Attribution>(const Problem&, Report&)>;

/// An explanation method as the registry knows it.
struct Method {
    std::string name{};   ///< e.g. "grad_cam"
    std::string title{};  ///< e.g. "Grad-CAM"
    Family family = Family::Gradient;
    std::string tells{};                 ///< one sentence: what it tells
    std::string limits{};                ///< one sentence: what it does not
    std::string source{};                ///< paper and the package whose definition it follows
    ScoreKind score = ScoreKind::Logit;  ///< explained by default
    bool usesLayer = false;
    bool usesGradient = false;  ///< works only on networks that can be differentiated
    std::vector<Parameter> parameters{};
    ExplainFunction run = nullptr;  ///< one attribution for each of the problem's targets
    /// How many pictures the network is to see where no parameter counts them; the layer is null for methods without
    /// one. Null: a few.
    std::int64_t (*evaluations)(const Parameters& parameters, const Model& model, const LayerInfo* layer) = nullptr;
};

/// How many pictures the network is to see for one map of the model; 1 where the method takes no more than a few.
[[nodiscard]] std::int64_t askedEvaluations(const Method& method, const Parameters& parameters, const Model& model,
                                            const LayerInfo* layer);

/// All methods, in the order in which they are offered.
[[nodiscard]] const std::vector<Method>& methods();

/// Why the method cannot work on the model, in a sentence that says what to do; empty where it can. Known without
/// running anything; what shows only in the run is thrown by the run.
[[nodiscard]] std::string whyUnsuitable(const Method& method, const Model& model);

/// Throws Error(Usage) that lists the names where there is none of that name.
[[nodiscard]] const Method& findMethod(const std::string& name);

}  // namespace discern
