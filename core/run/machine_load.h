#pragma once

#include <optional>

namespace discern {

/// How busy the rest of the machine was between construction and reading.
class MachineLoad {
public:
    MachineLoad();

    /// Cores that other processes kept busy on average; nothing where the system does not tell, or too little time has
    /// passed for its clock (a tenth of a second).
    [[nodiscard]] std::optional<double> ofOthers() const;

private:
    struct Reading {
        double busySeconds = 0.0;  ///< all cores, all processes
        double ownSeconds = 0.0;
        double wallSeconds = 0.0;
    };
    [[nodiscard]] static std::optional<Reading> read();
    std::optional<Reading> start_;
};

}  // namespace discern
