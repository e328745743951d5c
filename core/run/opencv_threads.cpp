#include "core/run/opencv_threads.h"

#include <ATen/Parallel.h>

#include <memory>
#include <opencv2/core/parallel/parallel_backend.hpp>

namespace discern {

namespace {

class TorchThreads : public cv::parallel::ParallelForAPI {
public:
    void parallel_for(int tasks, FN_parallel_for_body_cb_t body, void* data) override {
        at::parallel_for(0, tasks, 1, [&](std::int64_t first, std::int64_t last) {
            body(static_cast<int>(first), static_cast<int>(last), data);
        });
    }

    [[nodiscard]] int getThreadNum() const override { return at::get_thread_num(); }
    [[nodiscard]] int getNumThreads() const override { return at::get_num_threads(); }
    /// They are set by setThreads() alone.
    int setNumThreads(int) override { return at::get_num_threads(); }
    [[nodiscard]] const char* getName() const override { return "torch"; }
};

}  // namespace

void shareThreadsWithOpenCv() {
    cv::parallel::setParallelForBackend(std::make_shared<TorchThreads>(), /*propagateNumThreads=*/false);
}

}  // namespace discern
