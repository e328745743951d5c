#include "core/record/measurement_bytes.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace discern {

namespace {

using nlohmann::json;

constexpr int kVersion = 1;

json recordOf(const MetricCurve& curve) {
    return {{"title", curve.title}, {"x_axis", curve.xAxis}, {"y_axis", curve.yAxis}, {"x", curve.x}, {"y", curve.y}, {"steps", curve.steps}};
}

MetricCurve curveOf(const json& record) {
    MetricCurve curve;
    record.at("title").get_to(curve.title);
    record.at("x_axis").get_to(curve.xAxis);
    record.at("y_axis").get_to(curve.yAxis);
    record.at("x").get_to(curve.x);
    record.at("y").get_to(curve.y);
    record.at("steps").get_to(curve.steps);
    if (curve.x.size() != curve.y.size() || !(curve.steps.empty() || curve.steps.size() == curve.x.size()))
        throw std::length_error("curve");
    return curve;
}

json recordOf(const Measurement& of) {
    json curves = json::array();
    for (const MetricCurve& curve : of.curves) curves.push_back(recordOf(curve));
    return {{"version", kVersion},         {"value", of.value},
            {"undefined", of.undefined},   {"curves", curves},
            {"notes", of.notes},           {"facts", of.facts},
            {"parameters", of.parameters}, {"seed", of.seed},
            {"evaluations", of.evaluations}, {"seconds", of.seconds}};
}

Measurement measurementOf(const json& record) {
    if (record.at("version").get<int>() != kVersion) throw std::invalid_argument("version");
    Measurement of;
    record.at("value").get_to(of.value);
    record.at("undefined").get_to(of.undefined);
    for (const json& curve : record.at("curves")) of.curves.push_back(curveOf(curve));
    record.at("notes").get_to(of.notes);
    record.at("facts").get_to(of.facts);
    record.at("parameters").get_to(of.parameters);
    record.at("seed").get_to(of.seed);
    record.at("evaluations").get_to(of.evaluations);
    record.at("seconds").get_to(of.seconds);
    if (of.defined() != !std::isnan(of.value)) throw std::invalid_argument("value");
    return of;
}

std::string packed(const json& record) {
    std::string bytes;
    json::to_cbor(record, bytes);
    return bytes;
}

/// What `read` makes of the bytes; nothing where they are of another kind.
template <class Read>
auto unpacked(std::string_view bytes, const Read& read) -> std::optional<decltype(read(json()))> {
    try {
        return read(json::from_cbor(bytes));
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

}  // namespace

std::string toBytes(const Measurement& measurement) { return packed(recordOf(measurement)); }

std::optional<Measurement> measurementOf(std::string_view bytes) {
    return unpacked(bytes, [](const json& record) { return measurementOf(record); });
}

std::string toBytes(const std::vector<BaselineMeasurement>& baselines) {
    json list = json::array();
    for (const BaselineMeasurement& one : baselines)
        list.push_back({{"name", one.name}, {"title", one.title}, {"measurement", recordOf(one.measurement)}});
    return packed(list);
}

std::optional<std::vector<BaselineMeasurement>> baselinesOf(std::string_view bytes) {
    return unpacked(bytes, [](const json& list) {
        if (!list.is_array()) throw std::invalid_argument("list");
        std::vector<BaselineMeasurement> baselines;
        for (const json& one : list)
            baselines.push_back({one.at("name").get<std::string>(), one.at("title").get<std::string>(), measurementOf(one.at("measurement"))});
        return baselines;
    });
}

}  // namespace discern
