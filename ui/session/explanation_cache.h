#pragma once

#include <QHash>
#include <QSet>
#include <QString>

#include "core/run/worker_pool.h"
#include "ui/render/grid_content.h"
#include "ui/session/session.h"

namespace discern {

/// One explanation, running or known.
struct Explanation {
    CellRef cell;         ///< the one that asked for it
    CellContent content;
    JobId job = 0;        ///< while it is not over; results of other jobs are stale
    std::uint64_t used = 0;

    [[nodiscard]] bool active() const {
        return content.status == CellStatus::Queued || content.status == CellStatus::Running;
    }
};

/// Explanations by everything that determines them. The least recently used are forgotten beyond a budget of memory.
class ExplanationCache {
public:
    explicit ExplanationCache(qsizetype budget) : budget_(budget) {}

    [[nodiscard]] Explanation* find(const QString& key);
    [[nodiscard]] const Explanation* find(const QString& key) const;
    Explanation& insert(const QString& key, const Explanation& explanation);
    void remove(const QString& key) { entries_.remove(key); }
    /// Marks as used now.
    void touch(const QString& key);
    /// Forgets results until the budget is kept; never running ones or those of `kept`.
    void trim(const QSet<QString>& kept);

    [[nodiscard]] qsizetype bytes() const;
    [[nodiscard]] const QHash<QString, Explanation>& all() const { return entries_; }

private:
    qsizetype budget_;
    std::uint64_t clock_ = 0;
    QHash<QString, Explanation> entries_;
};

/// Memory of its arrays.
[[nodiscard]] qsizetype bytesOf(const Attribution& attribution);

}  // namespace discern
