#pragma once

#include <QSet>
#include <QString>
#include <functional>
#include <memory>
#include <mutex>

#include "core/explain/attribution.h"
#include "core/store/workspace.h"

namespace discern {

/// Maps that the open workspace keeps, by everything that determines them and the program's version. Thread-safe.
class KeptMaps {
public:
    /// Reads which there are. Throws Error(Input).
    explicit KeptMaps(std::shared_ptr<Workspace> workspace);

    /// Never waits for the disk.
    [[nodiscard]] bool holds(const QString& key) const;
    /// For worker threads, as what follows. Null where it cannot be read; it is then held no more.
    [[nodiscard]] std::shared_ptr<const Attribution> find(const QString& key);
    /// In the file when it returns. What cannot be written is logged: the map is shown all the same.
    void keep(const QString& key, const Attribution& map);
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
