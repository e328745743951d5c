#pragma once

#include <string>
#include <vector>

#include "core/explain/perturb/players.h"
#include "core/explain/problem.h"

namespace discern {

/// The problem's picture divided into superpixels as its parameters ask (segmentationParameters()), of which hidden
/// ones show what the parameter `hidden` says (hiddenColor()). Throws Error(Usage) or Error(Input) on parameters that
/// do not fit the picture.
[[nodiscard]] Players superpixels(const Problem& problem, const std::string& hidden);

}  // namespace discern
