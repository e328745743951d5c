#pragma once

#include <QStringList>
#include <optional>

#include "core/model/model.h"
#include "core/model/speed.h"

namespace discern {

/// A model's card as a table in HTML: fields, their values, and where each comes from.
[[nodiscard]] QString cardTable(const Model& model, const std::optional<Speed>& speed);

/// What a person should know before trusting it: what is assumed, what was found on opening, what its card says of its use.
/// Sentences.
[[nodiscard]] QStringList warningsOf(const Model& model);

/// Where a field's value comes from: a file of which name, a person, an assumption; empty where nothing says the field.
[[nodiscard]] QString originOf(const Model& model, const std::string& field);

}  // namespace discern
