#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

#include "core/run/compute.h"
#include "ui/render/display_settings.h"
#include "ui/session/files/file_ref.h"
#include "ui/session/work.h"

namespace discern {

/// A model in the comparison, by its file.
struct ModelState {
    FileRef file;
    int marker = 0;
    bool shown = true;
    QString layer = QStringLiteral("last");

    bool operator==(const ModelState&) const = default;
};

/// Work, with files in place of ids.
struct WorkState {
    QVector<FileRef> pictures;
    QVector<ModelState> models;
    QVector<MethodChoice> methods;  ///< of the registry, with valid parameters only
    QStringList metrics = defaultMetrics();  ///< of the registry only
    QMap<QString, ParameterChoices> metricParameters;  ///< likewise, and valid
    TargetChoice target;
    std::uint64_t seed = 0;

    bool operator==(const WorkState&) const = default;
};

/// What is looked at. Pictures and models are places in WorkState's lists; -1 stands for none.
struct LookState {
    int picture = -1;
    int model = -1;
    QString method;
    bool differenceSelected = false;
    std::optional<Difference> difference;  ///< its models are places too
    ViewChoices choices;

    bool operator==(const LookState&) const = default;
};

/// Where and when it is computed.
struct ComputeState {
    Compute compute;
    AutoRun autoRun = AutoRun::Quick;

    bool operator==(const ComputeState&) const = default;
};

/// Everything that a workspace saves.
struct WorkspaceState {
    QString folder{};  ///< of the workspace when it was written, to which paths are relative; empty: they are not
    WorkState work;
    LookState view;
    DisplaySettings display;
    ComputeState compute;

    bool operator==(const WorkspaceState&) const = default;

    /// The same without pictures and models, and what is said of them: what a person has set and nothing of what was
    /// opened.
    [[nodiscard]] WorkspaceState settings() const;
};

[[nodiscard]] nlohmann::json toJson(const WorkspaceState& state);
/// What can be understood of a text, which may be damaged or another's: every field that is not what it should be is
/// as in a new workspace. Nothing where the text is no workspace at all.
[[nodiscard]] std::optional<WorkspaceState> workspaceStateOf(std::string_view text);

}  // namespace discern
