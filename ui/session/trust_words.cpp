#include "ui/session/trust_words.h"

#include "ui/render/color_bar.h"
#include "ui/session/grid_builder.h"
#include "ui/words/core_words.h"

namespace discern {

namespace {

/// Above this structural similarity a map of random weights looks like the map: the method hardly reads the weights.
constexpr double kAlike = 0.5;

/// The value where it was measured and is defined.
std::optional<double> valueOf(const MeasuredCell& cell) {
    if (!cell.measurement || !cell.measurement->defined()) return std::nullopt;
    return cell.measurement->value;
}

std::optional<double> randomOf(const MeasuredCell& cell) {
    const Measurement* random = cell.random();
    return random ? std::optional(random->value) : std::nullopt;
}

}  // namespace

QVector<TrustWords> TrustTeller::of(const CellRef& cell) const {
    QVector<TrustWords> all;
    for (const auto& words : {inRegion(cell), faithful(cell), steady(cell), dependsOnWeights(cell)})
        if (words) all.append(*words);
    return all;
}

QStringList TrustTeller::figures(const CellRef& cell, const QStringList& metrics) const {
    QStringList sentences;
    for (const QString& name : metrics) {
        const TrustMetric& metric = findTrustMetric(name.toStdString());
        if (const QString sentence = figureOf(metric, measurements_.of(cell, metric.name)); !sentence.isEmpty()) sentences << sentence;
    }
    return sentences;
}

QString TrustTeller::figureOf(const TrustMetric& metric, const MeasuredCell& cell) const {
    QString title = coreWords(metric.title);
    if (cell.status == CellStatus::Failed) return tr("%1 failed: %2").arg(title, QString::fromStdString(cell.error));
    if (cell.status != CellStatus::Done || !cell.measurement) return {};
    if (const QString parameters = parametersInWords(metric, cell.measurement->parameters); !parameters.isEmpty())
        title = tr("%1 (%2)").arg(title, parameters);
    if (!cell.measurement->defined()) return tr("%1 is undefined: %2").arg(title, coreWords(cell.measurement->undefined));
    QStringList others;
    for (const BaselineMeasurement& baseline : cell.baselines)
        if (baseline.measurement.defined()) others << tr("%1 %2").arg(coreWords(baseline.title), discern::figure(baseline.measurement.value));
    QString sentence = tr("%1 is %2").arg(title, discern::figure(cell.measurement->value));
    if (metric.better == Better::Higher) sentence = tr("%1 (higher is better)").arg(sentence);
    if (metric.better == Better::Lower) sentence = tr("%1 (lower is better)").arg(sentence);
    return others.isEmpty() ? sentence + QLatin1Char('.') : tr("%1; of what knows nothing of the model: %2.").arg(sentence, others.join(QStringLiteral(", ")));
}

std::optional<TrustWords> TrustTeller::inRegion(const CellRef& cell) const {
    const auto mass = valueOf(measurements_.of(cell, "relevance_mass"));
    const auto lift = valueOf(measurements_.of(cell, "mass_lift"));
    if (!mass && !lift) return pointsIntoRegion(cell);
    QStringList words;
    if (mass) words << tr("in region %1 %").arg(100.0 * *mass, 0, 'f', *mass < 0.1 ? 1 : 0);
    if (lift) words << tr("%1 × chance").arg(figure(*lift));
    const bool warns = lift && *lift <= 1.0;
    QString tip = mass ? tr("%1 % of the evidence for the class lies in the outlined region.").arg(figure(100.0 * *mass)) : QString();
    if (warns) tip += QLatin1Char(' ') + tr("That is no more than its share of the image: the model looks elsewhere.");
    return TrustWords{words.join(QStringLiteral(" · ")), warns, tip, true};
}

std::optional<TrustWords> TrustTeller::pointsIntoRegion(const CellRef& cell) const {
    const auto hit = valueOf(measurements_.of(cell, "pointing_game"));
    if (!hit) return std::nullopt;
    return *hit > 0.0 ? TrustWords{tr("✓ points into region"), false, tr("The largest evidence for the class lies in the outlined region."), true}
                      : TrustWords{tr("✗ points elsewhere"), true, tr("The largest evidence for the class lies outside of the outlined region."), true};
}

TrustTeller::Tested TrustTeller::tested(const CellRef& cell, MetricFamily family) const {
    Tested tested;
    for (const TrustMetric& metric : trustMetrics()) {
        const MeasuredCell measured = metric.family == family ? measurements_.of(cell, metric.name) : MeasuredCell();
        const auto value = valueOf(measured), byChance = randomOf(measured);
        if (!value || !byChance || metric.better == Better::Neither) continue;
        ++tested.count;
        if (noBetter(metric, *value, *byChance)) tested.failed << coreWords(metric.title);
    }
    return tested;
}

std::optional<TrustWords> TrustTeller::faithful(const CellRef& cell) const {
    const Tested tested = this->tested(cell, MetricFamily::Faithfulness);
    if (tested.count == 0) return std::nullopt;
    if (tested.failed.isEmpty())
        return TrustWords{tr("✓ moves the answer"), false,
                          tr("Hiding or showing the pixels that the map ranks first moves the answer more than "
                             "pixels picked at random. That says what the model reads, not whether it should.")};
    const bool all = tested.failed.size() == tested.count;
    return TrustWords{all ? tr("✗ no better than random") : tr("✗ random by %1 of %2 tests").arg(tested.failed.size()).arg(tested.count), true,
                      tr("Hiding or showing the pixels that the map ranks first moves the answer no more than pixels picked at random "
                         "(%1): the map does not tell what this model reads.").arg(tested.failed.join(QStringLiteral(", ")))};
}

std::optional<TrustWords> TrustTeller::steady(const CellRef& cell) const {
    const Tested tested = this->tested(cell, MetricFamily::Robustness);
    if (tested.count == 0) return std::nullopt;
    if (tested.failed.isEmpty())
        return TrustWords{tr("✓ steady under noise"), false,
                          tr("With a little noise on the input the map changes less than maps drawn at random do.")};
    const bool all = tested.failed.size() == tested.count;
    return TrustWords{all ? tr("✗ unsteady under noise") : tr("✗ unsteady by %1 of %2 tests").arg(tested.failed.size()).arg(tested.count), true,
                      tr("With a little noise on the input the map changes as much as maps drawn at random do (%1).")
                          .arg(tested.failed.join(QStringLiteral(", ")))};
}

std::optional<TrustWords> TrustTeller::dependsOnWeights(const CellRef& cell) const {
    const auto similarity = valueOf(measurements_.of(cell, "randomisation"));
    if (!similarity) return std::nullopt;
    return *similarity > kAlike
               ? TrustWords{tr("✗ hardly depends on weights"), true,
                            tr("With random weights the map stays much the same (similarity %1): it shows the picture, not "
                               "the model.").arg(figure(*similarity))}
               : TrustWords{tr("✓ depends on weights"), false,
                            tr("With random weights the map becomes another (similarity %1).").arg(figure(*similarity))};
}

}  // namespace discern
