#include "app/cli/interrupt.h"

#include <csignal>

namespace discern {

namespace {

volatile std::sig_atomic_t asked = 0;

void ask(int) { asked = 1; }

}  // namespace

void catchInterrupts() {
    struct sigaction action {};
    action.sa_handler = &ask;
    // The handler is used up by the first signal, so that the second has its usual effect.
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

bool interrupted() { return asked != 0; }

}  // namespace discern
