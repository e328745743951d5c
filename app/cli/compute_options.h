#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "core/run/compute.h"

namespace discern {

/// --device and --precision.
class ComputeOptions {
public:
    void declare(CLI::App& app);
    /// Throws Error(Run) where the device is not there.
    [[nodiscard]] Compute chosen() const;

private:
    std::string device_ = "auto";
    std::string precision_ = "auto";
};

}  // namespace discern
