#pragma once

namespace discern {

/// From now on the first Ctrl-C (or SIGTERM) only sets a flag; a second one ends the process.
void catchInterrupts();
[[nodiscard]] bool interrupted();

}  // namespace discern
