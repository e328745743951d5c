#pragma once

#include <functional>
#include <optional>

namespace discern {

/// How busy the rest of the machine was between construction and reading.
class MachineLoad {
public:
    /// What has been counted up to one moment.
    struct Reading {
        double busySeconds = 0.0;  ///< all cores, all processes
        double ownSeconds = 0.0;
        double wallSeconds = 0.0;
    };
    using Reader = std::function<std::optional<Reading>()>;

    /// The system's own count; nothing where it does not tell.
    [[nodiscard]] static std::optional<Reading> read();

    explicit MachineLoad(Reader reader = read);

    /// Cores that other processes kept busy on average; nothing where the reader does not tell, or too little time has
    /// passed for the system's clock (a tenth of a second).
    [[nodiscard]] std::optional<double> ofOthers() const;

private:
    Reader reader_;
    std::optional<Reading> start_;
};

}  // namespace discern
