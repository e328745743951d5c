#pragma once

#include <vector>

#include "core/run/worker_pool.h"

namespace discern {

/// Whether `a` runs before `b` where both wait: what shares the machine before what runs alone, the higher priority, the
/// earlier one.
[[nodiscard]] bool runsBefore(const JobStatus& a, const JobStatus& b);

/// Which of the jobs that are not over a free worker of the lane starts now; null where it starts none. Beside a job
/// that runs alone nothing starts, nor does such a job where another one runs or waits that does not.
[[nodiscard]] const JobStatus* nextJob(const std::vector<const JobStatus*>& jobs, Lane lane);

}  // namespace discern
