#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/evaluate/evaluation.h"

namespace discern {

/// Everything of an evaluation as bytes (CBOR), so that it can be shown again without model and images.
[[nodiscard]] std::string toBytes(const Evaluation& evaluation);
/// Nothing where the bytes are no evaluation, or one whose places lead nowhere.
[[nodiscard]] std::optional<Evaluation> evaluationOf(std::string_view bytes);

}  // namespace discern
