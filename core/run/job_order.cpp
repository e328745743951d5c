#include "core/run/job_order.h"

#include <algorithm>

namespace discern {

namespace {

bool alone(const JobStatus* job) { return job->company == Company::Alone; }
bool waits(const JobStatus* job) { return job->state == JobState::Queued; }

}  // namespace

bool runsBefore(const JobStatus& a, const JobStatus& b) {
    if (a.company != b.company) {
        return a.company == Company::Shared;
    }
    return a.priority != b.priority ? a.priority > b.priority : a.id < b.id;
}

const JobStatus* nextJob(const std::vector<const JobStatus*>& jobs, Lane lane) {
    const bool occupied = std::ranges::any_of(jobs, [](const JobStatus* job) { return alone(job) && !waits(job); });
    if (occupied) {
        return nullptr;
    }
    const bool onlyAlone = std::ranges::all_of(jobs, alone);
    const JobStatus* best = nullptr;
    for (const JobStatus* job : jobs) {
        const bool may = waits(job) && job->lane == lane && (!alone(job) || onlyAlone);
        if (may && (best == nullptr || runsBefore(*job, *best))) {
            best = job;
        }
    }
    return best;
}

}  // namespace discern
