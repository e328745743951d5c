#include "core/record/identity.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>

#include "core/error.h"
#include "core/explain/method.h"
#include "core/explain/method_words.h"
#include "core/store/digests.h"
#include "core/store/files.h"

namespace discern {

namespace {

using nlohmann::json;

const std::string kSha = "sha256:";

std::map<std::string, std::string> definiteParameters(const Method& method,
                                                      const std::map<std::string, std::string>& given) {
    std::map<std::string, std::string> values = Parameters(method.parameters, given, method.name).all();
    for (const Parameter& parameter : method.parameters)
        if (std::string& value = values.at(parameter.name); parameter.namesFile(value)) value = kSha + digestOf(value);
    return values;
}

json typed(const Parameter& parameter, const Parameters& values) {
    const std::string& name = parameter.name;
    switch (parameter.kind) {
        case ParameterKind::Integer:
            return values.integer(name);
        case ParameterKind::Real:
            return values.real(name);
        case ParameterKind::Flag:
            return values.flag(name);
        case ParameterKind::Choice:
        case ParameterKind::Text:
        case ParameterKind::File:
            break;
    }
    const std::string& text = values.text(name);
    return text.starts_with(kSha) ? json{{"sha256", text.substr(kSha.size())}} : json(text);
}

std::string asText(const json& value) {
    if (value.is_object()) return kSha + value.at("sha256").get<std::string>();
    return value.is_string() ? value.get<std::string>() : value.dump();
}

Target targetFrom(const json& record) {
    Target target{record.at("index").get<int>(), -1, ScoreKind::Logit};
    if (record.at("score") == word(ScoreKind::Probability)) target.score = ScoreKind::Probability;
    if (record.contains("versus")) target.versus = record.at("versus").at("index").get<int>();
    return target;
}

}  // namespace

std::string ResultIdentity::key() const { return toJson(*this).dump(-1, ' ', true, json::error_handler_t::replace); }

std::string ResultIdentity::digest() const {
    const std::string text = key();
    return sha256OfBytes(text.data(), text.size());
}

ResultIdentity identityOf(const ExplainRequest& request, const Target& target) {
    if (target.classIndex < 0)
        throw Error(ErrorKind::Usage, "A result is of one class: settle first which is the most probable.");
    const Method& method = findMethod(request.method);
    ResultIdentity identity;
    identity.modelSha256 = request.model->sha256();
    identity.cardSha256 = request.model->cardSha256();
    identity.pictureSha256 = request.picture ? request.picture->sha256 : "";
    identity.method = method.name;
    identity.parameters = definiteParameters(method, request.parameters);
    identity.target = {target.classIndex, target.versus, target.score.value_or(method.score)};
    identity.layer = method.usesLayer ? request.model->layer(request.layer).name : "";
    identity.seed = request.seed;
    identity.compute = resolve(request.compute);
    return identity;
}

json toJson(const ResultIdentity& identity) {
    const Method& method = findMethod(identity.method);
    const Parameters values(method.parameters, identity.parameters, method.name);
    json parameters = json::object();
    for (const Parameter& parameter : method.parameters) parameters[parameter.name] = typed(parameter, values);
    json record = {{"model", {{"sha256", identity.modelSha256}, {"card_sha256", identity.cardSha256}}},
                   {"image", {{"sha256", identity.pictureSha256}}},
                   {"method", identity.method},
                   {"parameters", parameters},
                   {"target", {{"index", identity.target.classIndex}, {"score", word(identity.target.score.value())}}},
                   {"seed", identity.seed},
                   {"device", toString(identity.compute.device)},
                   {"precision", toString(identity.compute.precision)}};
    if (identity.target.versus >= 0) record["target"]["versus"] = {{"index", identity.target.versus}};
    if (!identity.layer.empty()) record["layer"] = {{"name", identity.layer}};
    return record;
}

ResultIdentity identityFromJson(const json& record) {
    try {
        ResultIdentity identity;
        identity.modelSha256 = record.at("model").at("sha256").get<std::string>();
        identity.cardSha256 = record.at("model").at("card_sha256").get<std::string>();
        identity.pictureSha256 = record.at("image").at("sha256").get<std::string>();
        identity.method = record.at("method").get<std::string>();
        for (const auto& [name, value] : record.at("parameters").items()) identity.parameters[name] = asText(value);
        const Method& method = findMethod(identity.method);
        identity.parameters = Parameters(method.parameters, identity.parameters, method.name).all();
        identity.target = targetFrom(record.at("target"));
        if (record.contains("layer")) identity.layer = record.at("layer").at("name").get<std::string>();
        identity.seed = record.at("seed").get<std::uint64_t>();
        identity.compute = {parseDevice(record.at("device").get<std::string>()),
                            parsePrecision(record.at("precision").get<std::string>())};
        return identity;
    } catch (const json::exception& missing) {
        throw Error(ErrorKind::Input,
                    fmt::format("This is no record of an explanation that Discern wrote: {}.", missing.what()));
    } catch (const Error& unknown) {
        throw Error(ErrorKind::Input, fmt::format("This record is of another version of Discern: {}", unknown.what()));
    }
}

ExplainRequest requestOf(const ResultIdentity& identity, std::shared_ptr<const Model> model,
                         std::shared_ptr<const Picture> picture, const std::vector<std::filesystem::path>& files) {
    if (model->sha256() != identity.modelSha256)
        throw Error(ErrorKind::Input, fmt::format("{} is not the model of the record: its SHA-256 is {}, not {}.",
                                                  model->name(), model->sha256(), identity.modelSha256));
    if (model->cardSha256() != identity.cardSha256)
        throw Error(ErrorKind::Input,
                    fmt::format("The card of {} is not the record's: put back the one that was beside "
                                "the file then.",
                                model->name()));
    if (picture->sha256 != identity.pictureSha256)
        throw Error(ErrorKind::Input, fmt::format("{} is not the picture of the record: its SHA-256 is {}, not {}.",
                                                  picture->name, picture->sha256, identity.pictureSha256));
    ExplainRequest request;
    request.model = std::move(model);
    request.picture = std::move(picture);
    request.method = identity.method;
    request.targets = {identity.target};
    request.parameters = identity.parameters;
    for (auto& [name, value] : request.parameters) {
        if (!value.starts_with(kSha)) continue;
        const auto file =
            std::ranges::find_if(files, [&](const auto& candidate) { return kSha + digestOf(candidate) == value; });
        if (file == files.end())
            throw Error(ErrorKind::Input,
                        fmt::format("The file that the parameter {} named is not there: give the one whose SHA-256 is "
                                    "{}.",
                                    name, value.substr(kSha.size())));
        value = file->string();
    }
    request.layer = identity.layer.empty() ? request.layer : identity.layer;
    request.seed = identity.seed;
    request.compute = identity.compute;
    return request;
}

}  // namespace discern
