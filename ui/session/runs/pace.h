#pragma once

#include <QHash>
#include <QString>
#include <optional>

#include "core/explain/request.h"
#include "core/model/speed.h"

namespace discern {

/// What an explanation will take here, judged by the evaluations that it asks for.
class Pace {
public:
    /// What a finished explanation took; the quickest run of a method on a model counts, since others may have had to
    /// share the machine.
    void note(const ExplainRequest& request, const Attribution& result);
    /// Seconds of the method's latest run; nothing before the first.
    [[nodiscard]] std::optional<double> latest(const QString& method) const;
    /// Evaluations times what one took in earlier runs, or as estimated from the model's speed, or from its size before
    /// that is measured. Throws Error(Usage) where a parameter has a value that it does not take.
    [[nodiscard]] double expectedSeconds(const ExplainRequest& request, const std::optional<Speed>& speed) const;
    /// Another device or precision.
    void forget();

private:
    QHash<QString, double> secondsEach_;  ///< of an evaluation, by method and model
    QHash<QString, double> latest_;       ///< of a whole run, by method
};

}  // namespace discern
