#include "ui/session/method_times.h"

#include <algorithm>

#include "core/explain/method.h"

namespace discern {

namespace {

const QString kSamples = QStringLiteral("samples");

double samplesOf(const MethodChoice& choice) {
    const auto given = choice.parameters.constFind(kSamples);
    if (given != choice.parameters.constEnd())
        return std::max(1.0, given->toDouble());
    for (const Parameter& parameter : findMethod(choice.name.toStdString()).parameters)
        if (parameter.name == kSamples.toStdString())
            return std::max(1.0, QString::fromStdString(parameter.defaultValue).toDouble());
    return 1.0;
}

}  // namespace

void MethodTimes::take(const MethodChoice& method, double seconds) { runs_[method.name] = {seconds, samplesOf(method)}; }

std::optional<double> MethodTimes::latest(const QString& method) const {
    const auto it = runs_.constFind(method);
    return it == runs_.constEnd() ? std::nullopt : std::optional(it->seconds);
}

std::optional<double> MethodTimes::expected(const MethodChoice& method) const {
    const auto it = runs_.constFind(method.name);
    return it == runs_.constEnd() ? std::nullopt : std::optional(it->seconds * samplesOf(method) / it->samples);
}

bool MethodTimes::quick(const MethodChoice& method) const {
    if (const auto seconds = expected(method))
        return *seconds < kQuickSeconds;
    return findMethod(method.name.toStdString()).family != Family::Perturbation;
}

}  // namespace discern
