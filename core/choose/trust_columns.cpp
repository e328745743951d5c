#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "core/choose/columns.h"
#include "core/explain/method.h"
#include "core/measure/trust_metric.h"

namespace discern {

namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

/// A metric of one method, of every model: its figure for each common image.
struct Figures {
    std::vector<std::map<std::size_t, double>> values;   ///< by place in the common images, one map a model
    std::vector<std::map<std::size_t, double>> chances;  ///< the same of a random map
    std::vector<std::string> undefined;                  ///< the last reason, one a model
};

using Key = std::pair<std::string, std::string>;  ///< metric, method

std::map<Key, Figures> gathered(const Evaluation& evaluation, const CommonImages& common) {
    std::map<Key, Figures> all;
    const std::size_t models = evaluation.models.size();
    for (std::size_t m = 0; m < models; ++m) {
        for (const TrustFigure& figure : evaluation.models[m].trust) {
            const auto at = std::ranges::lower_bound(common.images, figure.image);
            if (at == common.images.end() || *at != figure.image) continue;
            Figures& of = all[{figure.metric, figure.method}];
            of.values.resize(models);
            of.chances.resize(models);
            of.undefined.resize(models);
            const auto place = static_cast<std::size_t>(at - common.images.begin());
            if (std::isfinite(figure.value))
                of.values[m][place] = figure.value;
            else if (!figure.undefined.empty())
                of.undefined[m] = figure.undefined;
            const auto random = figure.baselines.find("random");
            if (random != figure.baselines.end() && std::isfinite(random->second))
                of.chances[m][place] = random->second;
        }
    }
    return all;
}

double mean(const std::map<std::size_t, double>& values) {
    double sum = 0.0;
    for (const auto& [place, value] : values) sum += value;
    return values.empty() ? kUndefined : sum / static_cast<double>(values.size());
}

double mean(const std::map<std::size_t, double>& values, const std::vector<double>& draw) {
    double sum = 0.0;
    double weight = 0.0;
    for (const auto& [place, value] : values) {
        sum += draw[place] * value;
        weight += draw[place];
    }
    return weight > 0.0 ? sum / weight : kUndefined;
}

BoardValue valueOf(const Figures& figures, std::size_t model, double knownChance, const ImageDraws& draws) {
    BoardValue value;
    const std::map<std::size_t, double>& values = figures.values[model];
    value.value = mean(values);
    value.images = values.size();
    value.chance = std::isnan(knownChance) ? mean(figures.chances[model]) : knownChance;
    if (values.empty()) {
        value.undefined = figures.undefined[model].empty() ? "not measured" : figures.undefined[model];
        return value;
    }
    std::vector<float> drawn;
    for (const std::vector<double>& draw : draws) drawn.push_back(static_cast<float>(mean(values, draw)));
    setDraws(value, std::move(drawn));
    return value;
}

/// Methods in the registry's order, unknown ones behind.
std::vector<std::pair<std::string, std::string>> methodsOf(const std::map<Key, Figures>& all) {
    std::vector<std::pair<std::string, std::string>> names;
    for (const Method& method : methods()) names.emplace_back(method.name, method.title);
    for (const auto& [key, figures] : all)
        if (std::ranges::find(names, key.second, &std::pair<std::string, std::string>::first) == names.end())
            names.emplace_back(key.second, key.second);
    return names;
}

double meanChance(const std::vector<BoardValue>& values) {
    double sum = 0.0;
    double count = 0.0;
    for (const BoardValue& value : values) {
        if (std::isnan(value.chance)) continue;
        sum += value.chance;
        count += 1.0;
    }
    return count > 0.0 ? sum / count : kUndefined;
}

}  // namespace

std::vector<BoardColumn> trustColumns(const Evaluation& evaluation, const CommonImages& common, const ImageDraws& draws,
                                      Progress& progress, std::vector<std::string>& notMeasured) {
    const std::map<Key, Figures> all = gathered(evaluation, common);
    if (all.empty()) {
        notMeasured.push_back("trust in explanations");
        return {};
    }
    const auto methods = methodsOf(all);
    const auto used = [&](const auto& method) {
        return std::ranges::any_of(all, [&](const auto& entry) { return entry.first.second == method.first; });
    };
    const bool several = std::ranges::count_if(methods, used) > 1;
    std::vector<BoardColumn> columns;
    for (const TrustMetric& metric : trustMetrics()) {
        if (metric.better == Better::Neither) continue;
        bool any = false;
        for (const auto& [method, title] : methods) {
            progress.checkpoint();
            const auto found = all.find({metric.name, method});
            if (found == all.end()) continue;
            const bool lift = metric.name == "mass_lift" || metric.name == "text_lift";
            BoardColumn column{{.name = metric.name + "." + method,
                                .title = inSentence(metric.title) + (several ? ", " + title : ""),
                                .unit = lift ? "× chance" : "",
                                .tells = metric.tells,
                                .group = CriterionGroup::Trust,
                                .higherIsBetter = metric.better == Better::Higher,
                                .method = method},
                               {}};
            for (std::size_t m = 0; m < evaluation.models.size(); ++m)
                column.values.push_back(valueOf(found->second, m, lift ? 1.0 : kUndefined, draws));
            column.criterion.chance = meanChance(column.values);
            if (std::ranges::all_of(column.values, [](const BoardValue& v) { return std::isnan(v.value); })) continue;
            columns.push_back(std::move(column));
            any = true;
        }
        if (!any && (metric.name == "mass_lift" || metric.name == "insertion" || metric.name == "max_sensitivity"))
            notMeasured.push_back(inSentence(metric.title));
    }
    return columns;
}

}  // namespace discern
