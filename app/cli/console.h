#pragma once

#include <chrono>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>

#include "core/error.h"
#include "core/run/progress.h"

namespace discern {

/// What a command says: results on standard output, progress and errors on standard error, and its exit code.
class Console : public Progress {
public:
    Console();

    bool json = false;   ///< one JSON document instead of text
    bool quiet = false;  ///< no progress
    std::string command{};  ///< the call as it was typed

    /// A line of the result; nothing where JSON is wanted.
    void print(const std::string& line = {});
    /// The result as JSON; nothing where text is wanted. Bytes that are no UTF-8 are replaced.
    void printJson(const nlohmann::json& document);

    /// Names the task whose progress follows, e.g. "[2/6] cat.jpg, LIME".
    void begin(const std::string& task);
    void report(double fraction, const std::string& stage) override;
    [[nodiscard]] bool cancelled() const override;

    /// A sentence that is no error, on standard error.
    void remark(const std::string& sentence);
    /// Tells an error; the first one decides the exit code.
    void fail(const Error& error);
    /// Runs one item. An error of it is told and the others go on; returns its text, empty where all went well.
    /// Error(Cancelled) passes through.
    std::string attempt(const std::function<void()>& item);
    [[nodiscard]] int exitCode() const { return exitCode_; }

private:
    void clearLine();

    bool terminal_ = false;
    bool lineOpen_ = false;
    int exitCode_ = 0;
    std::string task_;
    std::string stage_;
    std::chrono::steady_clock::time_point shown_;
};

}  // namespace discern
