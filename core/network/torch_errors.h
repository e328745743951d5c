#pragma once

#include <exception>
#include <string>
#include <utility>

#include "core/error.h"
#include "core/network/torch_warnings.h"

namespace discern {

/// What went wrong in LibTorch or OpenCV in one clause: without stack frames, addresses or TorchScript's own traceback.
[[nodiscard]] std::string reasonOf(const std::exception& failure);

/// Whether memory ran out, be it the device's or the computer's, and whether or not TorchScript's interpreter wrapped
/// it.
[[nodiscard]] bool outOfMemory(const std::exception& failure);

/// For a handler: throws the exception in hand as an Error "FAILED: reason" of that kind. An Error passes unchanged.
[[noreturn]] void rethrowAsError(ErrorKind kind, const std::string& failed);

/// The one translation of what LibTorch and OpenCV throw: does `work`, which may throw anything, and throws Errors
/// only. `failed` says in words what then did not succeed, e.g. "Grad-CAM cannot explain resnet50".
template <typename Work>
decltype(auto) translated(ErrorKind kind, const std::string& failed, Work&& work) {
    const WarningsToLog warnings;
    try {
        return std::forward<Work>(work)();
    } catch (...) {
        rethrowAsError(kind, failed);
    }
}

}  // namespace discern
