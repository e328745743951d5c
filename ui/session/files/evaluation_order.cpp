#include "ui/session/files/evaluation_order.h"

#include <limits>

#include "ui/render/json_fields.h"
#include "ui/session/files/file_ref.h"

namespace discern {

nlohmann::json toJson(const EvaluationOrder& order, const QString& folder) {
    const auto written = [&](const QString& path) { return writtenPath(folder, path).toStdString(); };
    return {{"folder", folder.toStdString()},      {"dataset", written(order.dataset)},
            {"masks", written(order.masks)},       {"mapping", written(order.mapping)},
            {"labels", order.labels},              {"explained", order.explained},
            {"sample", order.sample},              {"timed", order.timed}};
}

EvaluationOrder evaluationOrderOf(const nlohmann::json& record, const QString& folder) {
    const QString then = fields::text(record, "folder");
    const auto found = [&](const char* name) { return foundPath(folder, then, fields::text(record, name)); };
    EvaluationOrder order;
    order.dataset = found("dataset");
    order.masks = found("masks");
    order.mapping = found("mapping");
    if (const nlohmann::json& labels = fields::field(record, "labels"); labels.is_object())
        for (const auto& [label, name] : labels.items())
            if (name.is_string()) order.labels[label] = name.get<std::string>();
    order.explained = fields::flag(record, "explained", order.explained);
    order.sample = fields::integer(record, "sample", order.sample, 1, std::numeric_limits<int>::max());
    order.timed = fields::flag(record, "timed", order.timed);
    return order;
}

}  // namespace discern
