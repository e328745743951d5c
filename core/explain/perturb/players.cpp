#include "core/explain/perturb/players.h"

#include "core/explain/perturb/superpixels.h"

namespace discern {

Players playersOf(const Problem& problem, const std::string& hidden) { return superpixels(problem, hidden); }

}  // namespace discern
