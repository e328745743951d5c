#pragma once

#include <string>

namespace discern {

enum class Device { Auto, Cpu, Cuda };
enum class Precision { Auto, Fp32, Bf16, Fp16 };

/// Where and how a network runs. Auto is the GPU where one is usable, else the CPU, and fp32.
struct Compute {
    Device device = Device::Auto;
    Precision precision = Precision::Auto;

    bool operator==(const Compute&) const = default;
};

/// Words of the command line. Throw Error(Usage) on any other.
[[nodiscard]] Device parseDevice(const std::string& word);
[[nodiscard]] Precision parsePrecision(const std::string& word);
[[nodiscard]] std::string toString(Device device);
[[nodiscard]] std::string toString(Precision precision);

/// Auto made definite on this machine. Throws Error(Run) where CUDA is asked for and there is none.
[[nodiscard]] Compute resolve(Compute compute);

/// True where LibTorch's CUDA backend loads and finds a driver and a card.
[[nodiscard]] bool cudaUsable();

/// Processor or card in words, e.g. "CPU, 2 threads": with the calling thread's count, or a given one.
[[nodiscard]] std::string describe(Compute compute);
[[nodiscard]] std::string describe(Compute compute, int threads);

/// Call first in main(): keeps freed activations mapped (three to eight times faster on glibc), loads the CUDA backend
/// where there is one, has fp32 computed as fp32 everywhere, and has OpenCV share LibTorch's threads.
void prepareProcess();

/// Gives freed memory that prepareProcess() has kept mapped back to the system. Costs milliseconds; what runs next has
/// to ask for its memory anew.
void giveBackMemory();

/// CPU threads of the calling thread's tensor operations, and of OpenCV's.
void setThreads(int threads);
[[nodiscard]] int threads();

}  // namespace discern
