#pragma once

#include "core/explain/method.h"

namespace discern {

/// What families, scores and kinds of parameters are called in lists, documents and JSON.
[[nodiscard]] const char* word(Family family);
[[nodiscard]] const char* word(ScoreKind score);
[[nodiscard]] const char* word(ParameterKind kind);

/// What a parameter accepts, e.g. "zero, mean, blur" or "1 to 100"; empty where its kind says it all.
[[nodiscard]] std::string rangeOf(const Parameter& parameter);

/// The parameter as a row of a table in Markdown: name, default, what it takes, help.
[[nodiscard]] std::string tableRow(const Parameter& parameter);

}  // namespace discern
