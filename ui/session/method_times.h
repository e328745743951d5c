#pragma once

#include <QHash>
#include <QString>
#include <optional>

#include "ui/session/work.h"

namespace discern {

/// How long methods take here, by their latest runs.
class MethodTimes {
public:
    /// A run of the method, set like that, took so long.
    void take(const MethodChoice& method, double seconds);
    /// Of the latest run; nothing before the first.
    [[nodiscard]] std::optional<double> latest(const QString& method) const;
    /// What the method will take as it is set: samples count, others' settings do not. Nothing before the first run.
    [[nodiscard]] std::optional<double> expected(const MethodChoice& method) const;
    /// Whether that is little; before the first run, whether its family is quick.
    [[nodiscard]] bool quick(const MethodChoice& method) const;

    static constexpr double kQuickSeconds = 3.0;

private:
    struct Run {
        double seconds = 0.0;
        double samples = 1.0;
    };
    QHash<QString, Run> runs_;
};

}  // namespace discern
