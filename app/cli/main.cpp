#include <cstdio>

#include "app/cli/command.h"
#include "app/cli/interrupt.h"
#include "core/about.h"
#include "core/run/compute.h"
#include "core/run/log.h"

using namespace discern;

namespace {

constexpr int wrongUsage = static_cast<int>(ErrorKind::Usage);

/// The arguments as a shell takes them.
std::string commandOf(const std::vector<std::string>& arguments) {
    std::string command = "discern-cli";
    for (const std::string& argument : arguments) {
        const bool plain = !argument.empty() && argument.find_first_of(" \t\n\"'\\$`*?;&|<>()[]{}#!~") == std::string::npos;
        command += plain ? " " + argument : " '" + argument + "'";
    }
    return command;
}

/// `chosen` becomes what the command given does.
void declareCommands(CLI::App& app, Console& console, CommandRun& chosen, bool& verbose) {
    app.set_version_flag("--version", "discern-cli " + versionOfDiscern() + " (LibTorch " + versionOfTorch() + ")");
    app.require_subcommand(1);
    for (const Command& command : commands()) {
        CLI::App* options = app.add_subcommand(command.name, command.help);
        const CommandRun run = command.declare(*options);
        options->add_flag("--json", console.json, "Print one JSON document on standard output");
        options->add_flag("--quiet", console.quiet, "Show no progress");
        options->add_flag("--verbose", verbose, "Log what is done on standard error");
        options->callback([&chosen, run] { chosen = run; });
    }
}

int run(Console& console, const CommandRun& command) {
    try {
        console.attempt([&] { command(console); });
    } catch (const Error& cancelled) {
        console.fail(cancelled);
        return cancelled.exitCode();
    }
    if (std::fflush(stdout) != 0) {
        console.fail(Error(ErrorKind::Run, "cannot write the result: standard output is full or closed"));
    }
    return console.exitCode();
}

}  // namespace

int main(int argc, char** argv) {
    catchInterrupts();
    Console console;
    console.command = commandOf({argv + 1, argv + argc});
    CommandRun chosen;
    bool verbose = false;
    CLI::App app(
        "See why pretrained image models decide as they do.\n"
        "Exit codes: 0 done, 2 wrong usage, 3 an input cannot be read, 4 a model cannot be loaded or does not "
        "fit, 5 a run failed, 130 cancelled.",
        "discern-cli");
    declareCommands(app, console, chosen, verbose);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) {
            return app.exit(error);
        }
        std::fprintf(stderr, "discern-cli: %s; see discern-cli --help\n", error.what());
        return wrongUsage;
    }
    if (verbose) {
        logger().set_level(spdlog::level::debug);
    }
    prepareProcess();
    return run(console, chosen);
}
