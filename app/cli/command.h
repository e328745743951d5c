#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <vector>

#include "app/cli/console.h"

namespace discern {

/// What a command does once its options are parsed.
using CommandRun = std::function<void(Console&)>;

/// A command of discern-cli. A new one is one file and one line in command.cpp.
struct Command {
    const char* name;
    const char* help;
    /// Declares the options and returns what to do with them.
    CommandRun (*declare)(CLI::App& options);
};

/// All commands, in the order of --help.
[[nodiscard]] const std::vector<Command>& commands();

}  // namespace discern
