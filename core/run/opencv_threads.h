#pragma once

namespace discern {

/// Has OpenCV divide its work among LibTorch's threads of the calling thread instead of a pool of its own, so that
/// workers x threads = cores holds whatever a job computes with. Call before OpenCV first computes anything.
void shareThreadsWithOpenCv();

}  // namespace discern
