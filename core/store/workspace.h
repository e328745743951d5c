#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace discern {

/// One file NAME.discern (SQLite, write-ahead log) that keeps work as it is done, so that it goes on where it was.
/// *Results* have a kind ("answer", "figure", "cost") and a key that says all that they depend on: digests of model, card
/// and image, method, parameters, seed. *Maps* are results that are many and large: of them the latest are kept, within a
/// budget. *State* is what is open, asked and shown. Thread-safe; what was given before commit() returned survives a kill.
class Workspace {
public:
    /// Opens or makes it. Throws Error(Input) where the file is no workspace, is damaged, was written by a newer
    /// version, is in use by another program or cannot be written; it is then left as it is.
    static std::unique_ptr<Workspace> open(const std::filesystem::path& file);
    /// One in a file without a name that goes with it.
    static std::unique_ptr<Workspace> temporary();
    virtual ~Workspace() = default;

    /// What was kept under the key; nothing where nothing was, or where it is no longer what was kept.
    [[nodiscard]] virtual std::optional<std::string> find(const std::string& kind, const std::string& key) = 0;
    /// Any bytes; replaces what was kept under the key. In the file with the next commit().
    virtual void keep(const std::string& kind, const std::string& key, const std::string& value) = 0;
    virtual void commit() = 0;

    [[nodiscard]] virtual std::optional<std::string> map(const std::string& key) = 0;
    /// In the file when it returns. Forgets the oldest maps, so that all of them take `budget` bytes at most.
    virtual void keepMap(const std::string& key, const std::string& value, std::int64_t budget) = 0;
    [[nodiscard]] virtual std::vector<std::string> mapKeys() = 0;

    /// JSON of what is open, asked and shown, by name. `setState` is in the file when it returns.
    [[nodiscard]] virtual std::optional<std::string> state(const std::string& name) = 0;
    virtual void setState(const std::string& name, const std::string& json) = 0;

    /// Forgets everything; nothing of it stays in the file.
    virtual void clear() = 0;
    /// Writes all of it as another workspace, in the place of a workspace that is there. Throws Error(Input) where that
    /// is no workspace, is in use, or cannot be written; it is then left as it is.
    virtual void copyTo(const std::filesystem::path& file) = 0;

    /// Empty for a temporary one.
    [[nodiscard]] virtual const std::filesystem::path& file() const = 0;
};

}  // namespace discern
