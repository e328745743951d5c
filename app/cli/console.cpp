#include "app/cli/console.h"

#include <unistd.h>

#include <cstdio>
#include <new>

#include "app/cli/interrupt.h"

namespace discern {

namespace {
constexpr std::chrono::milliseconds pauseBetweenLines{100};
}

Console::Console() : terminal_(::isatty(STDERR_FILENO) == 1) {}

void Console::print(const std::string& line) {
    if (json) {
        return;
    }
    clearLine();
    std::puts(line.c_str());
}

void Console::printJson(const nlohmann::json& document) {
    if (!json) {
        return;
    }
    clearLine();
    std::puts(document.dump(2, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
}

void Console::begin(const std::string& task) {
    task_ = task;
    stage_.clear();
    shown_ = {};
    if (!quiet && !terminal_) {
        std::fprintf(stderr, "%s\n", task_.c_str());
    }
}

void Console::report(double fraction, const std::string& stage) {
    if (quiet || !terminal_) {
        return;
    }
    const auto now = std::chrono::steady_clock::now();
    if (now - shown_ < pauseBetweenLines && stage == stage_) {
        return;
    }
    shown_ = now;
    stage_ = stage;
    std::fprintf(stderr, "\r\033[K%s: %s %d %%", task_.c_str(), stage.c_str(), static_cast<int>(fraction * 100));
    std::fflush(stderr);
    lineOpen_ = true;
}

bool Console::cancelled() const { return interrupted(); }

void Console::remark(const std::string& sentence) {
    clearLine();
    std::fprintf(stderr, "%s\n", sentence.c_str());
}

void Console::fail(const Error& error) {
    clearLine();
    std::fprintf(stderr, "discern-cli: %s\n", error.what());
    exitCode_ = exitCode_ == 0 ? error.exitCode() : exitCode_;
}

std::string Console::attempt(const std::function<void()>& item) {
    const auto told = [this](const Error& error) {
        fail(error);
        return std::string(error.what());
    };
    try {
        item();
    } catch (const Error& error) {
        if (error.kind() == ErrorKind::Cancelled) {
            throw;
        }
        return told(error);
    } catch (const std::bad_alloc&) {
        return told(Error(ErrorKind::Run, task_ + " ran out of memory; close other programs or take a smaller model"));
    } catch (const std::exception& error) {
        return told(Error(ErrorKind::Run, task_ + " failed: " + error.what()));
    }
    return {};
}

void Console::clearLine() {
    if (lineOpen_) {
        std::fputs("\r\033[K", stderr);
        std::fflush(stderr);
        lineOpen_ = false;
    }
}

}  // namespace discern
