#include "core/measure/agreement.h"

#include <limits>
#include <map>
#include <optional>

namespace discern {

namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

bool sameMask(const cv::Mat& a, const cv::Mat& b) { return cv::countNonZero(a != b) == 0; }

/// The maps of a set on one ground, prepared when they are asked for and kept.
class OnGround {
public:
    OnGround(const std::vector<PlacedMap>& maps, const Ground& ground) : maps_(maps), ground_(ground) {}

    [[nodiscard]] double compare(const AgreementMeasure& measure, const MapIndices& pair) {
        const cv::Mat undefined = undefinedIn(map(pair.first)) | undefinedIn(map(pair.second));
        return measure.between(prepared(measure, pair.first, undefined), prepared(measure, pair.second, undefined),
                               undefined);
    }

    /// What one measure needed is nothing to the next.
    void forgetPrepared() { prepared_.clear(); }

private:
    const cv::Mat& map(std::size_t index) {
        cv::Mat& map = placed_[index];
        if (map.empty()) map = onGround(maps_[index], ground_);
        return map;
    }

    /// Only what is prepared with a map's own undefined pixels can serve other pairs.
    cv::Mat prepared(const AgreementMeasure& measure, std::size_t index, const cv::Mat& undefined) {
        if (!sameMask(undefined, undefinedIn(map(index)))) return measure.prepare(map(index), undefined);
        const auto known = prepared_.find(index);
        if (known != prepared_.end()) return known->second;
        return prepared_[index] = measure.prepare(map(index), undefined);
    }

    const std::vector<PlacedMap>& maps_;
    Ground ground_;
    std::map<std::size_t, cv::Mat> placed_;
    std::map<std::size_t, cv::Mat> prepared_;
};

}  // namespace

double agreement(const AgreementMeasure& measure, const MapPair& maps) {
    if (maps.a.empty()) return kUndefined;
    const cv::Mat undefined = undefinedIn(maps.a) | undefinedIn(maps.b);
    return measure.between(measure.prepare(maps.a, undefined), measure.prepare(maps.b, undefined), undefined);
}

std::vector<std::vector<double>> agreements(const std::vector<PlacedMap>& maps, const std::vector<MapIndices>& pairs,
                                            Progress& progress, const std::vector<AgreementMeasure>& measures) {
    std::vector<std::vector<double>> values(pairs.size(), std::vector<double>(measures.size(), kUndefined));
    std::vector<std::optional<Ground>> groundOfPair;
    std::map<Ground, OnGround> grounds;
    for (const MapIndices& pair : pairs) {
        groundOfPair.push_back(commonGround(groundOf(maps[pair.first]), groundOf(maps[pair.second])));
        if (groundOfPair.back()) grounds.try_emplace(*groundOfPair.back(), maps, *groundOfPair.back());
    }
    const auto total = static_cast<double>(pairs.size() * measures.size());
    for (std::size_t m = 0; m < measures.size(); ++m) {
        for (std::size_t p = 0; p < pairs.size(); ++p) {
            progress.checkpoint();
            progress.report(static_cast<double>(m * pairs.size() + p) / total, "comparing maps");
            if (groundOfPair[p]) values[p][m] = grounds.at(*groundOfPair[p]).compare(measures[m], pairs[p]);
        }
        for (auto& [ground, placed] : grounds) placed.forgetPrepared();
    }
    return values;
}

}  // namespace discern
