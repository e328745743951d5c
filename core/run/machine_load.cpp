#include "core/run/machine_load.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <string>
#include <utility>

namespace discern {

namespace {

constexpr double kShortest = 0.1;

double secondsOf(const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
}

}  // namespace

MachineLoad::MachineLoad(Reader reader) : reader_(std::move(reader)), start_(reader_()) {}

std::optional<MachineLoad::Reading> MachineLoad::read() {
    std::ifstream file("/proc/stat");
    std::string cpu;
    double user = 0.0;
    double nice = 0.0;
    double system = 0.0;
    double idle = 0.0;
    double wait = 0.0;
    double interrupts = 0.0;
    double softInterrupts = 0.0;
    double stolen = 0.0;
    file >> cpu >> user >> nice >> system >> idle >> wait >> interrupts >> softInterrupts >> stolen;
    rusage own{};
    if (!file || cpu != "cpu" || getrusage(RUSAGE_SELF, &own) != 0) {
        return std::nullopt;
    }
    const double ticks = user + nice + system + interrupts + softInterrupts + stolen;
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return Reading{ticks / static_cast<double>(sysconf(_SC_CLK_TCK)), secondsOf(own.ru_utime) + secondsOf(own.ru_stime),
                   std::chrono::duration<double>(now).count()};
}

std::optional<double> MachineLoad::ofOthers() const {
    const std::optional<Reading> end = reader_();
    if (!start_ || !end || end->wallSeconds - start_->wallSeconds < kShortest) {
        return std::nullopt;
    }
    const double others = (end->busySeconds - start_->busySeconds) - (end->ownSeconds - start_->ownSeconds);
    return std::max(0.0, others / (end->wallSeconds - start_->wallSeconds));
}

}  // namespace discern
