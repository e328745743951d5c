#pragma once

#include "ui/grid/empty_state.h"

namespace discern {

/// The first models of the zoo that have been fetched, and whether there are sample photographs.
[[nodiscard]] Offers offersOnDisk();

}  // namespace discern
