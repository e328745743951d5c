#pragma once

#include <stdexcept>
#include <string>

namespace discern {

/// What kind of thing went wrong; the value is the exit code of the command line.
enum class ErrorKind { Usage = 2, Input = 3, Model = 4, Run = 5, Cancelled = 130 };

/// The one exception of the library. Its text is written for the person who must act on it: what happened, to which
/// file or model, and what to do about it.
class Error : public std::runtime_error {
public:
    Error(ErrorKind kind, const std::string& message) : std::runtime_error(message), kind_(kind) {}

    [[nodiscard]] ErrorKind kind() const noexcept { return kind_; }
    [[nodiscard]] int exitCode() const noexcept { return static_cast<int>(kind_); }

private:
    ErrorKind kind_;
};

}  // namespace discern
