#include "core/record/attribution_bytes.h"

#include <cstring>
#include <nlohmann/json.hpp>

namespace discern {

namespace {

using nlohmann::json;

constexpr int kVersion = 1;
constexpr std::int64_t kLargestSide = 1 << 16;

json binary(const void* data, std::size_t size) {
    const auto* first = static_cast<const std::uint8_t*>(data);
    return json::binary(std::vector<std::uint8_t>(first, first + size));
}

json recordOf(const cv::Mat& mat) {
    if (mat.empty()) return nullptr;
    const cv::Mat whole = mat.isContinuous() ? mat : mat.clone();
    return {{"rows", whole.rows}, {"columns", whole.cols}, {"values", binary(whole.data, whole.total() * whole.elemSize())}};
}

/// Of elements of four bytes. An empty one for null; throws json::exception, or std::length_error where it is of
/// another size than it says.
cv::Mat matOf(const json& record, int type) {
    if (record.is_null()) return {};
    const auto rows = record.at("rows").get<std::int64_t>();
    const auto columns = record.at("columns").get<std::int64_t>();
    const auto& values = record.at("values").get_binary();
    if (rows <= 0 || columns <= 0 || rows > kLargestSide || columns > kLargestSide ||
        values.size() != static_cast<std::size_t>(rows * columns) * 4)
        throw std::length_error("values");
    cv::Mat mat(static_cast<int>(rows), static_cast<int>(columns), type);
    std::memcpy(mat.data, values.data(), values.size());
    return mat;
}

FloatArray arrayOf(const json& record) {
    FloatArray array;
    const auto& values = record.at("values").get_binary();
    std::size_t count = 1;
    for (const json& extent : record.at("shape")) {
        const auto size = extent.get<std::int64_t>();
        if (size < 0 || size > kLargestSide * kLargestSide) throw std::length_error("shape");
        array.shape.push_back(size);
        count *= static_cast<std::size_t>(size);
        if (count > values.size()) throw std::length_error("shape");
    }
    if (array.shape.empty() ? !values.empty() : values.size() != count * sizeof(float)) throw std::length_error("values");
    array.data.resize(values.size() / sizeof(float));
    if (!values.empty()) std::memcpy(array.data.data(), values.data(), values.size());
    return array;
}

json recordOf(const Target& target) {
    return {{"class", target.classIndex}, {"versus", target.versus}, {"score", target.score ? json(static_cast<int>(*target.score)) : json()}};
}

Target targetOf(const json& record) {
    Target target{record.at("class").get<int>(), record.at("versus").get<int>(), {}};
    if (const json& score = record.at("score"); !score.is_null())
        target.score = score.get<int>() == static_cast<int>(ScoreKind::Logit) ? ScoreKind::Logit : ScoreKind::Probability;
    return target;
}

Attribution attributionIn(const json& record) {
    if (record.at("version").get<int>() != kVersion) throw std::length_error("version");
    Attribution of;
    of.raw = arrayOf(record.at("raw"));
    of.map = matOf(record.at("map"), CV_32FC1);
    of.segments = matOf(record.at("segments"), CV_32SC1);
    of.standardError = matOf(record.at("standard_error"), CV_32FC1);
    if (of.map.empty()) throw std::length_error("map");
    for (const cv::Mat* beside : {&of.segments, &of.standardError})
        if (!beside->empty() && beside->size() != of.map.size()) throw std::length_error("beside");
    of.isSigned = record.at("signed").get<bool>();
    of.unit = record.at("unit").get<std::string>();
    of.target = targetOf(record.at("target"));
    of.evaluations = record.at("evaluations").get<std::int64_t>();
    of.seconds = record.at("seconds").get<double>();
    of.threads = record.at("threads").get<int>();
    of.summary = record.at("summary").get<std::string>();
    of.certainty = record.at("certainty").get<std::string>();
    of.onlyRounding = record.at("only_rounding").get<bool>();
    of.facts = record.at("facts").get<std::map<std::string, double>>();
    return of;
}

}  // namespace

std::string toBytes(const Attribution& of) {
    const json record = {{"version", kVersion},
                         {"raw", {{"shape", of.raw.shape}, {"values", binary(of.raw.data.data(), of.raw.data.size() * sizeof(float))}}},
                         {"map", recordOf(of.map)},
                         {"segments", recordOf(of.segments)},
                         {"standard_error", recordOf(of.standardError)},
                         {"signed", of.isSigned},
                         {"unit", of.unit},
                         {"target", recordOf(of.target)},
                         {"evaluations", of.evaluations},
                         {"seconds", of.seconds},
                         {"threads", of.threads},
                         {"summary", of.summary},
                         {"certainty", of.certainty},
                         {"only_rounding", of.onlyRounding},
                         {"facts", of.facts}};
    std::string bytes;
    json::to_cbor(record, bytes);
    return bytes;
}

std::optional<Attribution> attributionOf(std::string_view bytes) {
    try {
        return attributionIn(json::from_cbor(bytes));
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

}  // namespace discern
