#pragma once

#include <QStringList>

namespace discern {

/// What the technical terms of a text mean, a plain sentence each, in the order in which the terms stand in the
/// glossary: for units ("Δ logit"), summaries ("Σ 7.31 = f(x) − f(∅)") and certainties ("± 0.04, top 5 stable").
/// Empty where the text has none.
[[nodiscard]] QStringList glosses(const QString& text);

/// A tool tip: `lines`, and below them what the terms in them mean; empty where there are no lines.
[[nodiscard]] QString tipWithGlosses(const QStringList& lines);

}  // namespace discern
