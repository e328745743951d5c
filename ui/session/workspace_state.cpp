#include "ui/session/workspace_state.h"

#include <algorithm>
#include <limits>

#include "core/error.h"
#include "core/explain/method.h"
#include "core/measure/trust_metric.h"
#include "ui/render/display_record.h"
#include "ui/render/json_fields.h"

namespace discern {

namespace {

using nlohmann::json;

constexpr auto kFormat = "discern workspace";
constexpr int kVersion = 1;
constexpr int kMost = std::numeric_limits<int>::max();
constexpr std::array kTargets{"own top", "one class", "contrast"};
constexpr std::array kScores{"logit", "probability"};
constexpr std::array kStarts{"never", "quick", "all"};

std::string utf8(const QString& text) { return text.toStdString(); }

json list(const auto& items, const auto& toRecord) {
    json records = json::array();
    for (const auto& item : items)
        records.push_back(toRecord(item));
    return records;
}

/// Calls `take` for each element of a field that is a list.
void eachOf(const json& object, const char* name, const auto& take) {
    const json& given = fields::field(object, name);
    if (given.is_array())
        for (const json& element : given)
            take(element);
}

json fileRecord(const FileRef& file) { return {{"path", utf8(file.path)}, {"sha256", utf8(file.sha256)}}; }

FileRef fileOf(const json& record) { return {fields::text(record, "path"), fields::text(record, "sha256")}; }

json modelRecord(const ModelState& model) {
    return {{"file", fileRecord(model.file)},
            {"marker", model.marker},
            {"shown", model.shown},
            {"layer", utf8(model.layer)}};
}

ModelState modelOf(const json& record) {
    ModelState model;
    model.file = fileOf(fields::field(record, "file"));
    model.marker = fields::integer(record, "marker", 0, 0, kMost);
    model.shown = fields::flag(record, "shown", true);
    model.layer = fields::text(record, "layer", model.layer);
    return model;
}

json methodRecord(const MethodChoice& method) {
    return {{"name", utf8(method.name)}, {"enabled", method.enabled}, {"parameters", json(given(method.parameters))}};
}

bool valid(const std::vector<Parameter>& known, const std::string& parameter, const std::string& value) {
    try {
        static_cast<void>(Parameters(known, {{parameter, value}}, {}));
        return true;
    } catch (const Error&) {
        return false;
    }
}

/// Those of a record that are known and valid.
ParameterChoices parametersOf(const json& record, const std::vector<Parameter>& known) {
    ParameterChoices choices;
    if (!record.is_object())
        return choices;
    for (const auto& [name, value] : record.items())
        if (value.is_string() && valid(known, name, value.get_ref<const std::string&>()))
            choices[QString::fromStdString(name)] = QString::fromStdString(value.get<std::string>());
    return choices;
}

QVector<MethodChoice> methodsOf(const json& work) {
    QVector<MethodChoice> choices;
    eachOf(work, "methods", [&](const json& record) {
        MethodChoice choice{fields::text(record, "name"), fields::flag(record, "enabled", false), {}};
        const auto known = std::find_if(methods().begin(), methods().end(), [&](const Method& method) {
            return method.name == choice.name.toStdString();
        });
        const bool twice = std::any_of(choices.begin(), choices.end(),
                                       [&](const MethodChoice& other) { return other.name == choice.name; });
        if (known == methods().end() || twice)
            return;
        choice.parameters = parametersOf(fields::field(record, "parameters"), known->parameters);
        choices.append(choice);
    });
    return choices;
}

json classRecord(const ClassChoice& choice) { return {{"index", choice.index}, {"label", utf8(choice.label)}}; }

ClassChoice classOf(const json& record) {
    return {fields::integer(record, "index", -1, -1, kMost), fields::text(record, "label")};
}

json targetRecord(const TargetChoice& target) {
    return {{"of", kTargets.at(static_cast<std::size_t>(target.of))},
            {"class", classRecord(target.target)},
            {"versus", classRecord(target.versus)},
            {"score", target.score ? json(kScores.at(*target.score == ScoreKind::Probability)) : json()}};
}

TargetChoice targetOf(const json& record) {
    TargetChoice target;
    target.of = fields::word(record, "of", kTargets, target.of);
    target.target = classOf(fields::field(record, "class"));
    target.versus = classOf(fields::field(record, "versus"));
    const QString score = fields::text(record, "score");
    if (score == QLatin1String(kScores[0]))
        target.score = ScoreKind::Logit;
    if (score == QLatin1String(kScores[1]))
        target.score = ScoreKind::Probability;
    return target;
}

/// In the registry's order.
QStringList metricsOf(const json& record) {
    QStringList asked;
    eachOf(record, "metrics", [&](const json& name) {
        if (name.is_string()) asked.append(QString::fromStdString(name.get<std::string>()));
    });
    QStringList known;
    for (const TrustMetric& metric : trustMetrics())
        if (const QString name = QString::fromStdString(metric.name); asked.contains(name)) known.append(name);
    return known;
}

json metricParametersRecord(const QMap<QString, ParameterChoices>& metrics) {
    json record = json::object();
    for (const auto& [metric, parameters] : metrics.asKeyValueRange())
        record[utf8(metric)] = given(parameters);
    return record;
}

QMap<QString, ParameterChoices> metricParametersOf(const json& work) {
    QMap<QString, ParameterChoices> metrics;
    const json& record = fields::field(work, "metric_parameters");
    for (const TrustMetric& metric : trustMetrics())
        if (const ParameterChoices choices = parametersOf(fields::field(record, metric.name.c_str()), metric.parameters); !choices.isEmpty())
            metrics[QString::fromStdString(metric.name)] = choices;
    return metrics;
}

json workRecord(const WorkState& work) {
    return {{"pictures", list(work.pictures, fileRecord)},
            {"models", list(work.models, modelRecord)},
            {"methods", list(work.methods, methodRecord)},
            {"metrics", list(work.metrics, utf8)},
            {"metric_parameters", metricParametersRecord(work.metricParameters)},
            {"target", targetRecord(work.target)},
            {"seed", work.seed}};
}

WorkState workOf(const json& record) {
    WorkState work;
    eachOf(record, "pictures", [&](const json& file) { work.pictures.append(fileOf(file)); });
    eachOf(record, "models", [&](const json& model) { work.models.append(modelOf(model)); });
    work.methods = methodsOf(record);
    if (fields::field(record, "metrics").is_array()) work.metrics = metricsOf(record);
    work.metricParameters = metricParametersOf(record);
    work.target = targetOf(fields::field(record, "target"));
    if (const json& seed = fields::field(record, "seed"); seed.is_number_unsigned())
        work.seed = seed.get<std::uint64_t>();
    return work;
}

json differenceRecord(const Difference& difference) {
    return {{"model", difference.model},
            {"method", utf8(difference.method)},
            {"minus_model", difference.minusModel},
            {"minus_method", utf8(difference.minusMethod)}};
}

json lookRecord(const LookState& look) {
    const ViewChoices& choices = look.choices;
    return {{"picture", look.picture},
            {"model", look.model},
            {"method", utf8(look.method)},
            {"difference_selected", look.differenceSelected},
            {"difference", look.difference ? differenceRecord(*look.difference) : json()},
            {"linked", choices.linked},
            {"measure", utf8(choices.measure)},
            {"over_images", choices.overImages},
            {"chart_widths", std::vector<int>(choices.chartWidths.begin(), choices.chartWidths.end())},
            {"geometry", choices.geometry.toBase64().toStdString()},
            {"layout", choices.layout.toBase64().toStdString()},
            {"centre", {choices.centre.x(), choices.centre.y()}},
            {"zoom", choices.zoom},
            {"choosing", choices.choosing},
            {"choice", toJson(choices.choice)}};
}

QByteArray bytesOf(const json& record, const char* name) {
    const auto decoded = QByteArray::fromBase64Encoding(fields::text(record, name).toLatin1());
    return decoded ? *decoded : QByteArray();
}

LookState lookOf(const json& record, const WorkState& work) {
    const auto place = [](const json& object, const char* name, qsizetype count) {
        return fields::integer(object, name, -1, -1, static_cast<int>(count) - 1);
    };
    LookState look;
    look.picture = place(record, "picture", work.pictures.size());
    look.model = place(record, "model", work.models.size());
    look.method = fields::text(record, "method");
    look.differenceSelected = fields::flag(record, "difference_selected", false);
    if (const json& given = fields::field(record, "difference"); given.is_object()) {
        const Difference difference{place(given, "model", work.models.size()), fields::text(given, "method"),
                                    place(given, "minus_model", work.models.size()), fields::text(given, "minus_method")};
        if (difference.model >= 0 && difference.minusModel >= 0)
            look.difference = difference;
    }
    look.choices.linked = fields::flag(record, "linked", true);
    look.choices.measure = fields::text(record, "measure");
    look.choices.overImages = fields::flag(record, "over_images", false);
    eachOf(record, "chart_widths", [&](const json& width) {
        if (width.is_number_unsigned() && width.get<std::uint64_t>() <= 100000)
            look.choices.chartWidths.append(width.get<int>());
    });
    look.choices.geometry = bytesOf(record, "geometry");
    look.choices.layout = bytesOf(record, "layout");
    if (const json& centre = fields::field(record, "centre"); centre.is_array() && centre.size() == 2 && centre[0].is_number() && centre[1].is_number())
        look.choices.centre = {std::clamp(centre[0].get<double>(), 0.0, 1.0), std::clamp(centre[1].get<double>(), 0.0, 1.0)};
    look.choices.zoom = fields::real(record, "zoom", 1.0, 1.0, 64.0);
    look.choices.choosing = fields::flag(record, "choosing", false);
    look.choices.choice = choiceStateOf(fields::field(record, "choice"));
    return look;
}

json computeRecord(const ComputeState& state) {
    return {{"device", toString(state.compute.device)},
            {"precision", toString(state.compute.precision)},
            {"start", kStarts.at(static_cast<std::size_t>(state.autoRun))}};
}

ComputeState computeOf(const json& record) {
    ComputeState state;
    state.autoRun = fields::word(record, "start", kStarts, state.autoRun);
    try {
        state.compute = {parseDevice(utf8(fields::text(record, "device", QStringLiteral("auto")))),
                         parsePrecision(utf8(fields::text(record, "precision", QStringLiteral("auto"))))};
    } catch (const Error&) {
        state.compute = {};  // a word that this version does not know: automatic again
    }
    return state;
}

}  // namespace

WorkspaceState WorkspaceState::settings() const {
    WorkspaceState kept = *this;
    kept.folder.clear();
    kept.work.pictures.clear();
    kept.work.models.clear();
    kept.view = {};
    kept.view.choices = view.choices;
    kept.view.choices.centre = ViewChoices().centre;
    kept.view.choices.zoom = 1.0;
    kept.view.choices.choosing = false;
    kept.view.choices.choice = {};
    return kept;
}

json toJson(const WorkspaceState& state) {
    return {{"format", kFormat},
            {"version", kVersion},
            {"folder", utf8(state.folder)},
            {"work", workRecord(state.work)},
            {"view", lookRecord(state.view)},
            {"display", displayRecord(state.display)},
            {"compute", computeRecord(state.compute)}};
}

std::optional<WorkspaceState> workspaceStateOf(std::string_view text) {
    const json record = json::parse(text, nullptr, false);
    if (fields::text(record, "format") != QLatin1String(kFormat))
        return std::nullopt;
    WorkspaceState state;
    state.folder = fields::text(record, "folder");
    state.work = workOf(fields::field(record, "work"));
    state.view = lookOf(fields::field(record, "view"), state.work);
    state.display = displayOf(fields::field(record, "display"));
    state.compute = computeOf(fields::field(record, "compute"));
    return state;
}

}  // namespace discern
