#include "core/network/torch_warnings.h"

#include "core/run/log.h"

namespace discern {
namespace {

class LogHandler : public c10::WarningHandler {
public:
    void process(const c10::Warning& warning) override { logger().debug("LibTorch: {}", warning.msg()); }
};

c10::WarningHandler* logHandler() {
    static LogHandler handler;
    return &handler;
}

}  // namespace

WarningsToLog::WarningsToLog() : guard_(logHandler()) {}

}  // namespace discern
