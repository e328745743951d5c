#include "core/measure/metrics_document.h"

#include <spdlog/fmt/fmt.h>

#include <array>
#include <utility>

#include "core/explain/method_words.h"
#include "core/measure/agreement.h"
#include "core/measure/metric_words.h"

namespace discern {
namespace {

constexpr const char* kIntroduction = R"(# Metrics

<!-- Made from the metrics themselves: discern-cli metrics --markdown > docs/metrics.md -->

A map persuades whether or not it is true. These figures ask it different questions, and they disagree: they are
never put together into one number.

**What they work on.** A map of height x width in pixels of the model's input. One of channels x height x width
counts as the sum of its magnitudes over the channels. Pixels are removed with all of their channels.

**Baselines.** Beside each figure stands what the metric says of maps that know nothing of the model, on the same
picture: a *random* map (uniform draws), an *edge detector* (Sobel's gradient of the grey picture) and a *Gaussian
in the centre*. A method that does not beat them has shown nothing. Of metrics that explain again, the baseline is
explained again: the edge detector looks at the changed picture, the random map is drawn anew. Completeness has
none, since no scale of a random map means anything.

**Undefined** is what has no meaning: a map that is zero everywhere or holds NaN (a file that does is refused); one
that is the same everywhere, where the metric asks which pixels come first; localisation without positive attribution, or with a region that is
empty or everything. It is never zero. Where pixels share a value, the order among them is that of the rows, and
the result says how many do.

**Regions** are marked in a PNG of the picture's size, black outside; they are scaled and cut as the picture is. In a
JPEG or WebP, which are not quite black where they should be, what is brighter than half of the brightest belongs to
it. What is transparent counts as marked. Localisation looks at positive attribution, max(map, 0).

**Several pictures.** `compare`, and the window under *All measured images*, give the mean over the pictures with a
95 % interval (percentile bootstrap, 2,000 draws, seeded). Undefined figures are left out and counted.

**Seeds.** Everything random follows `--seed`. Given draws are replayed from files, which the parameters below
name.
)";

constexpr std::array kFamilies = {
    std::pair{MetricFamily::Faithfulness, "## Faithfulness"},   std::pair{MetricFamily::Robustness, "## Robustness"},
    std::pair{MetricFamily::Localisation, "## Localisation"},   std::pair{MetricFamily::Complexity, "## Complexity"},
    std::pair{MetricFamily::Randomisation, "## Randomisation"}, std::pair{MetricFamily::Axioms, "## Axioms"}};

std::string direction(Better better) {
    return better == Better::Neither ? "neither end is better" : fmt::format("{} is better", word(better));
}

std::string section(const TrustMetric& metric) {
    std::string text =
        fmt::format("\n### {}\n\n`{}`: {}; {}. Needs {}. Cost: {}.\n\n{}\n\n*Bear in mind:* {}\n\n*Source:* {}.\n",
                    metric.title, metric.name, metric.range, direction(metric.better), inWords(metric.needs),
                    metric.cost, metric.tells, metric.limits, metric.source);
    if (metric.parameters.empty()) return text;
    text += "\n| parameter | default | takes | |\n|---|---|---|---|\n";
    for (const Parameter& parameter : metric.parameters) text += tableRow(parameter);
    return text;
}

}  // namespace

std::string metricsDocument() {
    std::string text = kIntroduction;
    for (const auto& [family, heading] : kFamilies) {
        text += fmt::format("\n{}\n", heading);
        for (const TrustMetric& metric : trustMetrics())
            if (metric.family == family) text += section(metric);
    }
    text += "\n## Agreement of two maps\n\nWhat `compare` says of every two explanations of one picture.\n";
    for (const AgreementMeasure& measure : agreementMeasures())
        text += fmt::format("\n### {}\n\n`{}`: {} to {}.\n\n{}\n\n*Source:* {}.\n", measure.title, measure.name,
                            measure.low, measure.high, measure.tells, measure.source);
    return text;
}

}  // namespace discern
