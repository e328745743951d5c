#include "core/about.h"

#include <torch/version.h>

#include "version.h"

namespace discern {

std::string versionOfDiscern() { return programVersion; }

std::string versionOfTorch() { return TORCH_VERSION; }

}  // namespace discern
