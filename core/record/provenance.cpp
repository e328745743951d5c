#include "core/record/provenance.h"

#include "core/about.h"

namespace discern {

namespace {

using nlohmann::json;

json targetRecord(const ExplainRequest& request, const Prediction& prediction, const Target& target) {
    json record = classRecord(*request.model, prediction, target.classIndex);
    record["score"] = target.score == ScoreKind::Probability ? "probability" : "logit";
    if (target.versus >= 0) {
        record["versus"] = classRecord(*request.model, prediction, target.versus);
    }
    return record;
}

json modelRecord(const Model& model) {
    return {{"name", model.name()},          {"path", model.path().string()},   {"sha256", model.sha256()},
            {"source", model.card().source}, {"licence", model.card().licence}, {"assumed", model.card().assumed}};
}

json imageRecord(const Picture& picture) {
    return {{"name", picture.name},         {"path", picture.path.string()}, {"sha256", picture.sha256},
            {"width", picture.pixels.cols}, {"height", picture.pixels.rows}, {"notes", picture.notes}};
}

}  // namespace

json classRecord(const Model& model, const Prediction& prediction, int classIndex) {
    const auto at = static_cast<std::size_t>(classIndex);
    return {{"index", classIndex},
            {"label", model.label(classIndex)},
            {"probability", prediction.probabilities.at(at)},
            {"logit", prediction.logits.at(at)}};
}

json parameterRecord(const Method& method, const std::map<std::string, std::string>& given) {
    const Parameters parameters(method.parameters, given, method.name);
    json record = json::object();
    for (const Parameter& parameter : method.parameters) {
        const std::string& name = parameter.name;
        switch (parameter.kind) {
            case ParameterKind::Integer:
                record[name] = parameters.integer(name);
                break;
            case ParameterKind::Real:
                record[name] = parameters.real(name);
                break;
            case ParameterKind::Flag:
                record[name] = parameters.flag(name);
                break;
            case ParameterKind::Choice:
            case ParameterKind::Text:
            case ParameterKind::File:
                record[name] = parameters.text(name);
                break;
        }
    }
    return record;
}

json provenance(const ExplainRequest& request, const Prediction& prediction, const Attribution& attribution) {
    const Model& model = *request.model;
    const Method& method = findMethod(request.method);
    const Compute compute = resolve(request.compute);
    json record = {{"program", {{"name", "discern"}, {"version", versionOfDiscern()}, {"libtorch", versionOfTorch()}}},
                   {"model", modelRecord(model)},
                   {"image", imageRecord(*request.picture)},
                   {"method", method.name},
                   {"method_source", method.source},
                   {"parameters", parameterRecord(method, request.parameters)},
                   {"seed", request.seed},
                   {"prediction", classRecord(model, prediction, prediction.top(1).front())},
                   {"target", targetRecord(request, prediction, attribution.target)},
                   {"evaluations", attribution.evaluations},
                   {"seconds", attribution.seconds},
                   {"device", toString(compute.device)},
                   {"device_description", describe(compute)},
                   {"precision", toString(compute.precision)},
                   {"unit", attribution.unit},
                   {"signed", attribution.isSigned},
                   {"raw_shape", attribution.raw.shape},
                   {"summary", attribution.summary},
                   {"certainty", attribution.certainty},
                   {"facts", attribution.facts}};
    if (method.usesLayer) {
        const LayerInfo& layer = model.layer(request.layer);
        record["layer"] = {{"name", layer.name}, {"operator", layer.op}, {"shape", layer.shape}};
    }
    return record;
}

}  // namespace discern
