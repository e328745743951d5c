#include "core/run/compute.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <dlfcn.h>
#include <malloc.h>

#include <filesystem>
#include <mutex>
#include <opencv2/core/utils/logger.hpp>

#include "core/error.h"
#include "core/run/log.h"
#include "core/run/opencv_threads.h"

namespace discern {

namespace {

/// Freed activations stay mapped: returning them to the kernel and faulting them in again for every layer costs more
/// than the arithmetic. One arena for all threads, because the heaps of the others end at 64 MB and larger blocks are
/// mapped anew each time, whatever the thresholds.
void keepFreedMemory() {
#ifdef M_MMAP_THRESHOLD
    constexpr int gigabyte = 1 << 30;
    mallopt(M_ARENA_MAX, 1);
    mallopt(M_MMAP_THRESHOLD, gigabyte);
    mallopt(M_TRIM_THRESHOLD, 2 * (gigabyte - 1));
    mallopt(M_TOP_PAD, 64 << 20);
#endif
}

/// NVIDIA's cards otherwise round the factors of fp32 products to ten bits, and cuDNN takes algorithms whose sums come
/// out differently at each call.
void keepFloat32Exact() {
    at::Context& context = at::globalContext();
    context.setAllowTF32CuBLAS(false);
    context.setAllowTF32CuDNN(false);
    context.setDeterministicCuDNN(true);
    context.setBenchmarkCuDNN(false);
}

std::filesystem::path folderOfTorch() {
    Dl_info info{};
    const auto* symbol = reinterpret_cast<const void*>(&at::set_num_threads);
    if (dladdr(symbol, &info) == 0 || info.dli_fname == nullptr) {
        return {};
    }
    return std::filesystem::path(info.dli_fname).parent_path();
}

bool hasDriver() { return dlopen("libcuda.so.1", RTLD_LAZY | RTLD_LOCAL) != nullptr; }

void loadCudaBackend() {
    if (!hasDriver()) {
        return;
    }
    constexpr int flags = RTLD_NOW | RTLD_GLOBAL;
    if (dlopen("libtorch_cuda.so", flags) != nullptr) {
        return;
    }
    const auto beside = folderOfTorch() / "libtorch_cuda.so";
    if (dlopen(beside.c_str(), flags) != nullptr) {
        return;
    }
    const char* reason = dlerror();
    logger().info("the CUDA backend does not load, the processor is used: {}", reason ? reason : "unknown reason");
}

}  // namespace

Device parseDevice(const std::string& word) {
    for (const Device device : {Device::Auto, Device::Cpu, Device::Cuda}) {
        if (word == toString(device)) {
            return device;
        }
    }
    throw Error(ErrorKind::Usage, "there is no device '" + word + "'; choose auto, cpu or cuda");
}

Precision parsePrecision(const std::string& word) {
    for (const Precision precision : {Precision::Auto, Precision::Fp32, Precision::Bf16, Precision::Fp16}) {
        if (word == toString(precision)) {
            return precision;
        }
    }
    throw Error(ErrorKind::Usage, "there is no precision '" + word + "'; choose auto, fp32, bf16 or fp16");
}

std::string toString(Device device) {
    switch (device) {
        case Device::Cpu:
            return "cpu";
        case Device::Cuda:
            return "cuda";
        case Device::Auto:
            break;
    }
    return "auto";
}

std::string toString(Precision precision) {
    switch (precision) {
        case Precision::Fp32:
            return "fp32";
        case Precision::Bf16:
            return "bf16";
        case Precision::Fp16:
            return "fp16";
        case Precision::Auto:
            break;
    }
    return "auto";
}

Compute resolve(Compute compute) {
    if (compute.device == Device::Cuda && !cudaUsable()) {
        throw Error(ErrorKind::Run, "no usable CUDA card or driver was found; choose the device cpu or auto");
    }
    if (compute.device == Device::Auto) {
        compute.device = cudaUsable() ? Device::Cuda : Device::Cpu;
    }
    if (compute.precision == Precision::Auto) {
        compute.precision = Precision::Fp32;
    }
    return compute;
}

bool cudaUsable() {
    static const bool usable = at::hasCUDA();
    return usable;
}

std::string describe(Compute compute) { return describe(compute, threads()); }

std::string describe(Compute compute, int threads) {
    if (resolve(compute).device == Device::Cuda) {
        return "CUDA card";
    }
    return "CPU, " + std::to_string(threads) + (threads == 1 ? " thread" : " threads");
}

void prepareProcess() {
    static std::once_flag once;
    std::call_once(once, [] {
        keepFreedMemory();
        loadCudaBackend();
        keepFloat32Exact();
        shareThreadsWithOpenCv();
        cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
    });
}

void giveBackMemory() {
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

void setThreads(int threads) {
    // Asking first makes LibTorch initialise the thread; it would otherwise do so later and undo the setting.
    if (at::get_num_threads() != threads) {
        at::set_num_threads(threads);
    }
}

int threads() { return at::get_num_threads(); }

}  // namespace discern
