#include "core/run/progress.h"

#include "core/error.h"

namespace discern {

void Progress::report(double, const std::string&) {}

bool Progress::cancelled() const { return false; }

void Progress::checkpoint() const {
    if (cancelled()) {
        throw Error(ErrorKind::Cancelled, "cancelled");
    }
}

PartProgress::PartProgress(Progress& whole, double from, double to) : whole_(whole), from_(from), to_(to) {}

void PartProgress::report(double fraction, const std::string& stage) {
    whole_.report(from_ + fraction * (to_ - from_), stage);
}

bool PartProgress::cancelled() const { return whole_.cancelled(); }

}  // namespace discern
