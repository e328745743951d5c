#include <algorithm>
#include <cmath>

#include "core/choose/columns.h"

namespace discern {

namespace {

/// A figure of EvaluatedCost as a criterion.
struct CostColumn {
    Criterion criterion;
    double EvaluatedCost::*figure = nullptr;
    double scale = 1.0;
};

std::vector<CostColumn> allCosts() {
    using enum CriterionGroup;
    const auto lower = [](const char* name, const char* title, const char* unit, const char* tells,
                          CriterionGroup group) {
        return Criterion{
            .name = name, .title = title, .unit = unit, .tells = tells, .group = group, .higherIsBetter = false};
    };
    Criterion throughput =
        lower("throughput", "throughput", "images/s", "Images a second at the best batch size, here.", Complexity);
    throughput.higherIsBetter = true;
    return {
        {lower("latency", "latency", "ms", "Median time of one image, here.", Complexity), &EvaluatedCost::latencyMs},
        {lower("latency_p95", "p95 latency", "ms", "Time that 95 of 100 runs of one image stay below, here.",
               Complexity),
         &EvaluatedCost::latencyP95Ms},
        {throughput, &EvaluatedCost::imagesPerSecond},
        {lower("macs", "MACs", "M", "Multiplications with addition for one image, in millions.", Complexity),
         &EvaluatedCost::macs, 1e-6},
        {lower("parameters", "parameters", "M", "Learned numbers, in millions.", Complexity),
         &EvaluatedCost::parameters, 1e-6},
        {lower("depth", "depth", "layers", "Layers with weights that follow each other.", Complexity),
         &EvaluatedCost::depth},
        {lower("bytes", "file", "MB", "Size of the model's file.", Complexity), &EvaluatedCost::bytes, 1e-6},
        {lower("peak_memory", "peak memory", "MB", "Memory beyond the weights at the best batch size, here.",
               Complexity),
         &EvaluatedCost::peakBytes, 1e-6},
        {lower("training_time", "training time", "s / 1 000 images", "Forward and backward of 1,000 images, here.",
               Cost),
         &EvaluatedCost::trainingSeconds},
        {lower("training_memory", "training memory", "MB", "Peak of memory in forward and backward, here.", Cost),
         &EvaluatedCost::trainingBytes, 1e-6},
        {lower("published_training", "published training", "GPU hours", "What the model's card says its training took.",
               Cost),
         &EvaluatedCost::publishedGpuHours},
    };
}

}  // namespace

std::vector<BoardColumn> costColumns(const Evaluation& evaluation, std::vector<std::string>& notMeasured) {
    std::vector<BoardColumn> columns;
    for (const CostColumn& cost : allCosts()) {
        BoardColumn column{cost.criterion, {}};
        for (const ModelEvaluation& model : evaluation.models) {
            BoardValue value;
            value.value = cost.scale * model.cost.*cost.figure;
            if (!std::isfinite(value.value)) value = {.undefined = "not measured"};
            column.values.push_back(value);
        }
        if (std::ranges::any_of(column.values, [](const BoardValue& v) { return !std::isnan(v.value); }))
            columns.push_back(std::move(column));
        else
            notMeasured.push_back(cost.criterion.title);
    }
    return columns;
}

}  // namespace discern
