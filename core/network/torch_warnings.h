#pragma once

#include <c10/util/Exception.h>

namespace discern {

/// While it lives, LibTorch's warnings on this thread go to the program's log, as details, instead of standard error:
/// they speak to who wrote the model's code.
class WarningsToLog {
public:
    WarningsToLog();

private:
    c10::WarningUtils::WarningHandlerGuard guard_;
};

}  // namespace discern
