#pragma once

#include <QSet>
#include <QString>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "core/explain/attribution.h"
#include "core/store/workspace.h"

namespace discern {

/// What the open workspace keeps of explanations, by everything that determines it and the program's version: maps, and
/// figures of them. Thread-safe.
class KeptResults {
public:
    /// Reads which there are. Throws Error(Input).
    explicit KeptResults(std::shared_ptr<Workspace> workspace);

    /// Never waits for the disk.
    [[nodiscard]] bool holds(const QString& key) const;
    /// For worker threads, as what follows. Null where it cannot be read; it is then held no more.
    [[nodiscard]] std::shared_ptr<const Attribution> find(const QString& key);
    /// In the file when it returns. What cannot be written is logged: the map is shown all the same.
    void keep(const QString& key, const Attribution& map);
    /// Bytes of another kind than a map; nothing where none were kept or they cannot be read.
    [[nodiscard]] std::optional<std::string> find(const std::string& kind, const std::string& key);
    /// In the file when it returns. What cannot be written is logged.
    void keep(const std::string& kind, const std::string& key, const std::string& bytes);
    /// From now on, what `move` makes of the workspace is the one; nothing is kept meanwhile.
    void move(const std::function<std::shared_ptr<Workspace>(Workspace&)>& move);

    [[nodiscard]] std::shared_ptr<Workspace> workspace() const;

    static constexpr std::int64_t kBudget = std::int64_t{4} << 30;           ///< bytes in a workspace's file
    static constexpr std::int64_t kTemporaryBudget = std::int64_t{1} << 29;  ///< in one without a file

private:
    mutable std::mutex keysMutex_;
    QSet<QString> keys_;
    mutable std::mutex fileMutex_;
    std::shared_ptr<Workspace> workspace_;
};

}  // namespace discern
