#pragma once

#include <QByteArray>
#include <QMap>
#include <QPointF>
#include <QString>
#include <QStringList>
#include <QVector>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "core/choose/choice_state.h"
#include "core/explain/attribution.h"

namespace discern {

/// A model in the comparison.
struct ModelChoice {
    int id = 0;
    int marker = 0;  ///< its colour and shape, kept for as long as it stays
    bool shown = true;
    QString layer = QStringLiteral("last");  ///< for methods that use one

    bool operator==(const ModelChoice&) const = default;
};

/// Settings of a method or metric, by name; those that differ from the defaults.
using ParameterChoices = QMap<QString, QString>;

/// As core takes them.
[[nodiscard]] inline std::map<std::string, std::string> given(const ParameterChoices& choices) {
    std::map<std::string, std::string> parameters;
    for (const auto& [name, value] : choices.asKeyValueRange()) parameters[name.toStdString()] = value.toStdString();
    return parameters;
}

/// A method of the registry, as the person set it.
struct MethodChoice {
    QString name;
    bool enabled = false;
    ParameterChoices parameters;

    bool operator==(const MethodChoice&) const = default;
};

/// A class by label, so that it means the same in models whose order of classes differs.
struct ClassChoice {
    int index = -1;  ///< in the model in which it was picked
    QString label;

    bool operator==(const ClassChoice&) const = default;
};

/// What is explained in every cell.
struct TargetChoice {
    enum class Of { OwnTop, OneClass, Contrast };

    Of of = Of::OwnTop;
    ClassChoice target;               ///< OneClass, Contrast
    ClassChoice versus;               ///< Contrast
    std::optional<ScoreKind> score;   ///< unset: the method's default

    bool operator==(const TargetChoice&) const = default;
};

/// A comparison of two cells, shown beside the grid's own: the map of the first minus that of the second.
struct Difference {
    int model = 0;
    QString method;
    int minusModel = 0;
    QString minusMethod;

    /// Between two models it is a further column, with a cell for every method; else a further row between two
    /// methods, with a cell for every model.
    [[nodiscard]] bool betweenModels() const { return model != minusModel; }
    bool operator==(const Difference&) const = default;
};

/// When explanations start without being asked for: cheap methods only, all, or none.
enum class AutoRun { Never, Quick, All };

/// How the window is arranged to look at the work; widgets show it and state what a person changes.
struct ViewChoices {
    bool linked = true;          ///< all cells zoom and move together
    QString measure{};           ///< of agreement, by its name in the registry; empty: the first
    QVector<int> chartWidths{};  ///< of the charts beside each other; empty: as at first
    bool overImages = false;     ///< metrics are shown as means over all measured pictures
    QByteArray geometry{};       ///< the window's, as Qt saves it; empty: as at first
    QByteArray layout{};         ///< of its docks, likewise
    QPointF centre{0.5, 0.5};    ///< of what linked cells show, as a share of the picture
    double zoom = 1.0;           ///< 1 fits the whole picture
    bool choosing = false;       ///< the Choose page is shown, not Compare
    ChoiceState choice{};        ///< what is set on the Choose page

    bool operator==(const ViewChoices&) const = default;
};

/// What is measured of maps unless a person chooses otherwise.
[[nodiscard]] inline QStringList defaultMetrics() {
    return {QStringLiteral("deletion"), QStringLiteral("insertion"), QStringLiteral("relevance_mass"),
            QStringLiteral("mass_lift")};
}

/// What a person decides about the work: all that undo takes back.
struct Work {
    QVector<int> pictures;  ///< ids in the library, in the order of the list
    QVector<ModelChoice> models;
    QVector<MethodChoice> methods;  ///< every method of the registry, in the order of the rows
    QStringList metrics = defaultMetrics();  ///< of trust, by their names in the registry, in its order
    QMap<QString, ParameterChoices> metricParameters;  ///< of those that have any, chosen or not
    TargetChoice target;
    std::uint64_t seed = 0;

    bool operator==(const Work&) const = default;
};

}  // namespace discern
