#include "core/evaluate/set_trust.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <opencv2/core.hpp>
#include <optional>

#include "core/error.h"
#include "core/explain/explain.h"
#include "core/explain/perturb/random.h"
#include "core/image/picture.h"
#include "core/measure/explained_map.h"
#include "core/measure/region.h"
#include "core/model/model.h"
#include "core/record/identity.h"
#include "core/record/measurement_record.h"
#include "core/store/digests.h"
#include "core/store/workspace.h"

namespace discern {
namespace {

using nlohmann::json;

constexpr const char* kKind = "figure";

std::string textOf(const TrustFigure& figure) {
    json baselines = json::object();
    for (const auto& [name, value] : figure.baselines) baselines[name] = numberOrNull(value);
    return json{{"value", numberOrNull(figure.value)}, {"undefined", figure.undefined}, {"baselines", baselines}}.dump(
        -1, ' ', false, json::error_handler_t::replace);
}

double numberIn(const json& value) { return value.is_number() ? value.get<double>() : std::nan(""); }

/// Nothing where the text is none of ours.
std::optional<TrustFigure> figureIn(const std::string& text, TrustFigure figure) {
    const json kept = json::parse(text, nullptr, false);
    if (!kept.is_object() || !kept.contains("value") || !kept.value("baselines", json()).is_object()) return std::nullopt;
    figure.value = numberIn(kept["value"]);
    figure.undefined = kept.value("undefined", std::string());
    for (const auto& [name, value] : kept["baselines"].items()) figure.baselines[name] = numberIn(value);
    return figure;
}

/// One image: what is shared by all models and methods that explain it.
struct Shown {
    std::size_t image = 0;
    std::shared_ptr<const Picture> picture;
    std::filesystem::path mask;
    std::string maskDigest;  ///< empty: no mask
};

/// An explanation, or why there is none.
struct Mapped {
    MeasuredMap map{};
    std::string failed{};    ///< empty: explained
    std::string noRegion{};  ///< why the mask gives no region; empty: it does, or there is none
};

/// What an error of `work` says; empty where it went well.
template <typename Work>
std::string attempt(const Work& work) {
    try {
        work();
    } catch (const Error& error) {
        if (error.kind() == ErrorKind::Cancelled) throw;
        return error.what();
    }
    return "";
}

/// Says the same of all parts of a work: what each of them is would only flicker by.
class OneStage : public Progress {
public:
    OneStage(Progress& whole, std::string stage) : whole_(whole), stage_(std::move(stage)) {}
    void report(double fraction, const std::string&) override { whole_.report(fraction, stage_); }
    [[nodiscard]] bool cancelled() const override { return whole_.cancelled(); }

private:
    Progress& whole_;
    std::string stage_;
};

class TrustRun {
public:
    TrustRun(const EvaluationRequest& request, Workspace* workspace, Evaluation& evaluation, Progress& progress)
        : request_(request), workspace_(workspace), evaluation_(evaluation), progress_(progress) {
        for (const Chosen& metric : request.metrics) metrics_.push_back(&findTrustMetric(metric.name));
        for (std::size_t m = 0; m < request.models.size(); ++m)
            for (const Chosen& method : request.methods)
                if (const std::string why = whyUnsuitable(findMethod(method.name), *request.models[m]); !why.empty())
                    evaluation.models[m].notes.push_back(why);
    }

    void run(const std::vector<std::size_t>& sample) {
        total_ = sample.size() * request_.models.size() * request_.methods.size();
        for (const std::size_t image : sample) {
            Shown shown = show(image);
            if (const std::string why = whyNoRegion(shown); !why.empty()) evaluation_.set.excluded.push_back({maskName(shown), why});
            for (std::size_t m = 0; m < request_.models.size(); ++m)
                for (const Chosen& method : request_.methods) explainOne(shown, m, method);
        }
    }

private:
    [[nodiscard]] Shown show(std::size_t image) const {
        const LabelledImage& of = evaluation_.set.images[image];
        Shown shown{image, nullptr, {}, {}};
        if (of.mask.empty()) return shown;
        shown.mask = (request_.masks.empty() ? std::filesystem::path(request_.set.folder) : request_.masks) / of.mask;
        try {
            shown.maskDigest = digestOf(shown.mask);
        } catch (const Error&) {
            shown.maskDigest = "unreadable";  // whoever asks for the region is told why
        }
        return shown;
    }

    [[nodiscard]] const Picture& pictureOf(Shown& shown) const {
        if (!shown.picture)
            shown.picture = std::make_shared<const Picture>(
                readPicture(std::filesystem::path(request_.set.folder) / evaluation_.set.images[shown.image].file));
        return *shown.picture;
    }

    /// Why a mask tells no model where the evidence is; empty where it does, or is not asked for. One that is black all over
    /// is as good as none: healthy images often have it.
    [[nodiscard]] std::string whyNoRegion(Shown& shown) const {
        const bool asked = std::ranges::any_of(metrics_, [](const TrustMetric* of) { return of->needs == MetricNeeds::Region; });
        if (!asked || shown.mask.empty()) return "";
        return attempt([&] {
            const Picture mask = readPicture(shown.mask);
            if (cv::countNonZero(mask.pixels.reshape(1)) == 0) return;
            const cv::Mat region = regionOnInput(mask, pictureOf(shown), request_.models.front()->card().input);
            if (cv::countNonZero(region) == region.rows * region.cols)
                throw Error(ErrorKind::Input, mask.name + " is bright all over, and what is transparent counts as bright: paint black what lies outside of the region.");
        });
    }

    /// As the set lists its files.
    [[nodiscard]] std::string maskName(const Shown& shown) const {
        const std::string& mask = evaluation_.set.images[shown.image].mask;
        return request_.masks.empty() ? mask : (request_.masks.filename() / mask).string();
    }

    [[nodiscard]] ExplainRequest requestFor(Shown& shown, std::size_t model, const Chosen& method) const {
        static_cast<void>(pictureOf(shown));
        ExplainRequest request;
        request.model = request_.models[model];
        request.picture = shown.picture;
        request.method = method.name;
        request.parameters = method.parameters;
        request.targets.front().classIndex = predicted(model, shown.image);
        request.seed = request_.seed;
        request.compute = request_.compute;
        return request;
    }

    /// -1 where the model has no answer to the image.
    [[nodiscard]] int predicted(std::size_t model, std::size_t image) const {
        const ModelEvaluation& of = evaluation_.models[model];
        const auto place = std::ranges::lower_bound(of.images, image);
        if (place == of.images.end() || *place != image) return -1;
        const double* row = of.answers.probabilities.ptr<double>(static_cast<int>(place - of.images.begin()));
        const auto top = std::max_element(row, row + of.answers.known) - row;
        return of.columns.empty() ? static_cast<int>(top) : of.columns[static_cast<std::size_t>(top)];
    }

    void explainOne(Shown& shown, std::size_t model, const Chosen& method) {
        progress_.checkpoint();
        const auto part = [&](double of) { return (static_cast<double>(done_) + of) / static_cast<double>(total_); };
        const std::size_t maps = request_.models.size() * request_.methods.size();
        PartProgress share(progress_, part(0.0), part(1.0));
        OneStage progress(share, fmt::format("Explaining image {} of {}: {}, {}", done_ / maps + 1, total_ / maps,
                                             evaluation_.models[model].name, findMethod(method.name).title));
        ++done_;
        if (predicted(model, shown.image) < 0 || !whyUnsuitable(findMethod(method.name), *request_.models[model]).empty()) return;
        const ExplainRequest request = requestFor(shown, model, method);
        const std::string identity = identityOf(request, request.targets.front()).digest();
        std::vector<TrustFigure> figures;
        std::optional<Mapped> map;
        for (std::size_t k = 0; k < metrics_.size(); ++k) {
            TrustFigure figure{shown.image, method.name, metrics_[k]->name};
            const std::string key = keyOf(identity, k, shown);
            const auto kept = workspace_ ? workspace_->find(kKind, key) : std::nullopt;
            if (auto known = kept ? figureIn(*kept, figure) : std::nullopt) {
                figures.push_back(std::move(*known));
                continue;
            }
            measureOne(request, shown, k, map, figure, progress);
            if (workspace_) workspace_->keep(kKind, key, textOf(figure));
            figures.push_back(std::move(figure));
        }
        if (workspace_) workspace_->commit();
        auto& all = evaluation_.models[model].trust;
        all.insert(all.end(), figures.begin(), figures.end());
    }

    [[nodiscard]] std::string keyOf(const std::string& identity, std::size_t metric, const Shown& shown) const {
        const bool region = metrics_[metric]->needs == MetricNeeds::Region;
        return fmt::format("{}/{}/{}/{}/{}/{}", identity, metrics_[metric]->name, json(request_.metrics[metric].parameters).dump(),
                           request_.seed, request_.baselines, region ? shown.maskDigest : "");
    }

    void measureOne(const ExplainRequest& request, const Shown& shown, std::size_t metric, std::optional<Mapped>& map,
                    TrustFigure& figure, Progress& progress) {
        try {
            if (metrics_[metric]->needs == MetricNeeds::Region && shown.mask.empty())
                throw Error(ErrorKind::Input, "No region is marked in this image.");
            if (!map) map = mapOf(request, shown, progress);
            if (!map->failed.empty()) throw Error(ErrorKind::Run, map->failed);
            if (metrics_[metric]->needs == MetricNeeds::Region && map->map.region.empty())
                throw Error(ErrorKind::Input, map->noRegion);
            const auto& parameters = request_.metrics[metric].parameters;
            const Measurement measured = measure(*metrics_[metric], map->map, parameters, request_.seed, progress);
            figure.value = measured.value;
            figure.undefined = measured.undefined;
            if (request_.baselines) figure.baselines = baselinesOf(request, metric, map->map, progress);
        } catch (const Error& error) {
            if (error.kind() == ErrorKind::Cancelled) throw;
            figure.undefined = error.what();
        }
    }

    /// A method that fails is asked once, not for every metric; a mask that cannot be used concerns only those that need
    /// a region.
    [[nodiscard]] Mapped mapOf(const ExplainRequest& request, const Shown& shown, Progress& progress) const {
        Mapped mapped;
        mapped.failed = attempt([&] { mapped.map = explainedMap(request, explain(request, progress).front(), progress); });
        if (mapped.failed.empty() && !shown.mask.empty())
            mapped.noRegion = attempt([&] {
                mapped.map.region = regionOnInput(readPicture(shown.mask), *shown.picture, request.model->card().input);
            });
        return mapped;
    }

    /// They depend on the image, the model and the class, not on the method.
    std::map<std::string, double> baselinesOf(const ExplainRequest& request, std::size_t metric, const MeasuredMap& map,
                                              Progress& progress) {
        const std::string of = fmt::format("{}/{}/{}", request.model->sha256(), request.picture->sha256, request.targets.front().classIndex);
        if (of != baselinesOf_) known_.clear();
        baselinesOf_ = of;
        auto& values = known_[metric];
        if (values.empty())
            for (const BaselineMeasurement& baseline :
                 measureBaselines(*metrics_[metric], map, request_.metrics[metric].parameters, request_.seed, progress))
                values[baseline.name] = baseline.measurement.value;
        return values;
    }

    const EvaluationRequest& request_;
    Workspace* workspace_;
    Evaluation& evaluation_;
    Progress& progress_;
    std::vector<const TrustMetric*> metrics_;
    std::size_t done_ = 0;
    std::size_t total_ = 0;
    std::string baselinesOf_;
    std::map<std::size_t, std::map<std::string, double>> known_;
};

}  // namespace

std::vector<std::size_t> sampledImages(std::vector<std::size_t> images, std::size_t count, std::uint64_t seed) {
    if (images.size() <= count) return images;
    Random random(seed);
    for (std::size_t i = 0; i < count; ++i)
        std::swap(images[i], images[i + static_cast<std::size_t>(random.below(static_cast<std::int64_t>(images.size() - i)))]);
    images.resize(count);
    std::ranges::sort(images);
    return images;
}

void measureTrust(const EvaluationRequest& request, const std::vector<std::size_t>& sample, Workspace* workspace,
                  Evaluation& evaluation, Progress& progress) {
    TrustRun(request, workspace, evaluation, progress).run(sample);
}

}  // namespace discern
