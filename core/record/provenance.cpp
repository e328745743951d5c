#include "core/record/provenance.h"

#include "core/about.h"
#include "core/explain/method.h"
#include "core/record/identity.h"

namespace discern {

namespace {

using nlohmann::json;

json targetRecord(const ExplainRequest& request, const Prediction& prediction, const Target& target) {
    json record = classRecord(*request.model, prediction, target.classIndex);
    if (target.versus >= 0) record["versus"] = classRecord(*request.model, prediction, target.versus);
    return record;
}

json modelRecord(const Model& model, Paths paths) {
    return {{"name", model.name()},           {"file", toldAs(model.path(), paths)},
            {"source", model.card().source},  {"licence", model.card().licence},
            {"notes", model.conduct().notes}, {"assumed", model.card().assumed}};
}

json imageRecord(const Picture& picture, Paths paths) {
    json record = {{"name", picture.name},
                   {"width", picture.pixels.cols},
                   {"height", picture.pixels.rows},
                   {"notes", picture.notes}};
    if (paths == Paths::Whole) record["file"] = picture.path.string();
    return record;
}

/// What the parameters' files are called.
json fileRecords(const Method& method, const std::map<std::string, std::string>& given, Paths paths) {
    json record = json::object();
    for (const Parameter& parameter : method.parameters) {
        const auto value = given.find(parameter.name);
        if (value != given.end() && parameter.namesFile(value->second))
            record[parameter.name] = {{"file", toldAs(value->second, paths)}};
    }
    return record;
}

json layerRecord(const LayerInfo& layer) { return {{"operator", layer.op}, {"shape", layer.shape}}; }

}  // namespace

json classRecord(const Model& model, const Prediction& prediction, int classIndex) {
    const auto at = static_cast<std::size_t>(classIndex);
    return {{"index", classIndex},
            {"label", model.label(classIndex)},
            {"probability", prediction.probabilities.at(at)},
            {"logit", prediction.logits.at(at)}};
}

json programRecord() { return {{"name", "discern"}, {"version", versionOfDiscern()}, {"libtorch", versionOfTorch()}}; }

json provenance(const ExplainRequest& request, const Prediction& prediction, const Attribution& attribution,
                Paths paths) {
    const Model& model = *request.model;
    const Method& method = findMethod(request.method);
    const ResultIdentity identity = identityOf(request, attribution.target);
    const json described = {{"program", programRecord()},
                            {"identity", identity.digest()},
                            {"model", modelRecord(model, paths)},
                            {"image", imageRecord(*request.picture, paths)},
                            {"method_source", method.source},
                            {"parameters", fileRecords(method, request.parameters, paths)},
                            {"prediction", classRecord(model, prediction, prediction.top(1).front())},
                            {"target", targetRecord(request, prediction, attribution.target)},
                            {"evaluations", attribution.evaluations},
                            {"seconds", attribution.seconds},
                            {"device_description", describe(identity.compute, attribution.threads)},
                            {"threads", attribution.threads},
                            {"unit", attribution.unit},
                            {"signed", attribution.isSigned},
                            {"raw_shape", attribution.raw.shape},
                            {"summary", attribution.summary},
                            {"certainty", attribution.certainty},
                            {"facts", attribution.facts}};
    json record = toJson(identity);
    record.merge_patch(described);
    if (method.usesLayer) record["layer"].merge_patch(layerRecord(model.layer(request.layer)));
    return record;
}

}  // namespace discern
