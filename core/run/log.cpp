#include "core/run/log.h"

#include <spdlog/sinks/dist_sink.h>
#include <spdlog/sinks/stdout_color_sinks.h>

#include <memory>

namespace discern {

namespace {

struct Log {
    Log() : sinks(std::make_shared<spdlog::sinks::dist_sink_mt>()), logger("discern", sinks) {
        sinks->add_sink(std::make_shared<spdlog::sinks::stderr_color_sink_mt>());
        logger.set_pattern("%^%l%$: %v");
        logger.set_level(spdlog::level::warn);
    }

    std::shared_ptr<spdlog::sinks::dist_sink_mt> sinks;
    spdlog::logger logger;
};

Log& log() {
    static Log instance;
    return instance;
}

}  // namespace

spdlog::logger& logger() { return log().logger; }

void logTo(spdlog::sink_ptr sink) { log().sinks->add_sink(std::move(sink)); }

}  // namespace discern
