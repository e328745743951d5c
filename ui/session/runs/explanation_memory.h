#pragma once

#include <QCache>
#include <QHash>
#include <QSet>
#include <QString>

#include "core/run/worker_pool.h"
#include "ui/render/cell_ref.h"
#include "ui/render/grid_content.h"

namespace discern {

/// One explanation, running or known.
struct Explanation {
    CellRef cell;         ///< the one that asked for it
    CellContent content;
    JobId job = 0;        ///< while it is not over; results of other jobs are stale

    [[nodiscard]] bool active() const {
        return content.status == CellStatus::Queued || content.status == CellStatus::Running;
    }
};

/// Explanations by everything that determines them. What runs or is wanted is held; of the rest, the least recently used
/// are forgotten beyond a budget of memory.
class ExplanationMemory {
public:
    /// In bytes of what is not held.
    explicit ExplanationMemory(qsizetype budget) : rest_(budget) {}

    /// Null where it is not known. Marks it as used now.
    [[nodiscard]] Explanation* find(const QString& key) const;
    /// Holds it until the next hold().
    void insert(const QString& key, const Explanation& explanation);
    void remove(const QString& key);
    /// From now on these are held, beside those that run.
    void hold(const QSet<QString>& wanted);

    [[nodiscard]] QList<QString> keys() const { return held_.keys() + rest_.keys(); }
    [[nodiscard]] QList<QString> active() const;

private:
    mutable QHash<QString, Explanation> held_;
    QCache<QString, Explanation> rest_;
};

/// Memory of its arrays.
[[nodiscard]] qsizetype bytesOf(const Attribution& attribution);

}  // namespace discern
