#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace discern {

/// One file NAME.discern (SQLite, write-ahead log) that keeps results as they are made, so that work that was stopped
/// goes on where it was. A result has a kind ("answer", "figure", "cost") and a key that says all that it depends on:
/// digests of model, card and image, method, parameters, seed. Thread-safe; what keep() was given before commit()
/// returned survives a kill.
class Workspace {
public:
    /// Opens or makes it. Throws Error(Input) where the file is no workspace, is damaged, was written by a newer
    /// version, is in use by another program or cannot be written; it is then left as it is.
    static std::unique_ptr<Workspace> open(const std::filesystem::path& file);
    virtual ~Workspace() = default;

    /// What was kept under the key; nothing where nothing was, or where it is no longer what was kept.
    [[nodiscard]] virtual std::optional<std::string> find(const std::string& kind, const std::string& key) = 0;
    /// Any bytes; replaces what was kept under the key. In the file with the next commit().
    virtual void keep(const std::string& kind, const std::string& key, const std::string& value) = 0;
    virtual void commit() = 0;

    /// JSON of what is open, asked and shown, by name. `setState` is in the file when it returns.
    [[nodiscard]] virtual std::optional<std::string> state(const std::string& name) = 0;
    virtual void setState(const std::string& name, const std::string& json) = 0;

    [[nodiscard]] virtual const std::filesystem::path& file() const = 0;
};

}  // namespace discern
